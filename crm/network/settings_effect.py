"""What other settings would change: the kept question answered with them, beside the stored one."""

from collections import Counter
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.network.analysis import analyse
from crm.network.models import Analysis, StoredFinding
from crm.network.questions import Question
from crm.network.settings import Settings
from graphs.findings import CODES


def effect(question: Question, analysis: Analysis, asked: dict[str, Any]) -> dict[str, Any]:
    """Return which findings would come and go, and how far indices and ties would move.

    :param asked: ``settings``, what would differ from the defaults
    """
    found = analyse(question, Settings(asked["settings"]))
    columns = select(StoredFinding.key, StoredFinding.code)
    rows = db.session.execute(columns.where(StoredFinding.analysis_id == analysis.id))
    before = dict(rows.all())
    after = {one.key: one.code for one in found.findings}
    was, is_ = Counter(before.values()), Counter(after.values())
    return {
        "more": len(after.keys() - before.keys()),
        "fewer": len(before.keys() - after.keys()),
        "all": [len(before), len(after)],
        "kinds": [[code, was[code], is_[code]] for code in CODES if was[code] != is_[code]],
        "index": _moved(analysis.regions, {c: one.value for c, one in found.regions.items()}),
        "ties": [analysis.numbers["working_ties"], found.numbers["working_ties"]],
    }


def _moved(before: dict[str, Any], after: dict[str, float | None]) -> list[list[Any]]:
    """Return code, index before and after of the regions whose index moves, the most first."""
    moved = []
    for code, now in after.items():
        was = before[code]["value"] if code in before else None
        shown = [None if one is None else round(one) for one in (was, now)]
        if shown[0] != shown[1]:
            moved.append([code, was, now])
    return sorted(moved, key=lambda one: (-abs((one[2] or 0) - (one[1] or 0)), one[0]))
