"""To which post of an organisation one turns: the head's, then those below it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from crm.contacts.models import Position
from crm.db import db

HEADS = {
    "kepala",
    "rektor",
    "direktur",
    "ketua",
    "pimpinan",
    "bupati",
    "wali",
    "walikota",
    "gubernur",
}
"""First words of the posts to which a letter goes when an organisation has several."""
PARTS = {
    "bagian", "bidang", "biro", "divisi", "jurusan", "program", "seksi", "sub", "subbag",
    "subbagian", "subbidang", "tata", "unit", "upt", "uptd", "urusan",
}  # fmt: skip
"""Words that make somebody the head of a part only: kepala bidang, kepala tata usaha."""


def ranked(organisations: Iterable[int], on: date) -> dict[int, list[Position]]:
    """Return the posts of organisations that somebody holds on a day, the head's first."""
    query = (
        select(Position)
        .where(Position.stakeholder_id.in_(list(organisations)), Position.archived_at.is_(None))
        .options(joinedload(Position.contact))
    )
    found: dict[int, list[Position]] = defaultdict(list)
    for one in db.session.scalars(query):
        if one.held_on(on):
            found[one.stakeholder_id].append(one)
    for posts in found.values():
        posts.sort(key=_rank)
    return found


def _rank(position: Position) -> tuple[int, int, int]:
    """Return how far a post is from the head's: 0 is the head, then heads of parts, then others."""
    words = position.title.casefold().split()
    if not words or words[0] not in HEADS:
        return 2, 0, position.id
    part = PARTS.intersection(words[1:])
    return (1, 0, position.id) if part else (0, len(words), position.id)
