"""The preview of a list of stakeholders: what each row is, compared with what we have."""

from collections.abc import Sequence
from typing import Any

from crm.imports.known import Answer, Known, KnownOrganisations
from crm.imports.models import Role, RowMatch
from crm.imports.places import Places
from crm.imports.remembered import Remembered
from crm.imports.stakeholder_compare import Planned, compare
from crm.imports.stakeholder_rows import StakeholderReader, missing_for_new
from crm.imports.tables import Row
from crm.language import _
from crm.stakeholders.likeness import ENOUGH, SAME
from crm.users import scope
from crm.users.models import User


class StakeholderPlanner:
    """Compares all rows at once: everything is looked up together, nothing row by row."""

    def __init__(self, by: User, fields: list[str]) -> None:
        """Read what there is."""
        self.by = by
        self.fields = fields
        self.places = Places()
        self.reader = StakeholderReader(fields, self.places)
        self.organisations = KnownOrganisations()

    def plan(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """Return what is to be stored about each row."""
        listed = [Planned(number, cells, self.reader.read(cells)) for number, cells in rows]
        planned = sorted(listed, key=lambda one: one.turn)
        subjects = (one.row.subject for one in planned)
        self.remembered = Remembered(Role.STAKEHOLDERS, self.fields, subjects)
        for one in planned:
            self._match(one)
        for one in planned:
            self._match_again(one)
        compare(planned)
        return [self._as_values(one) for one in listed]

    def _match(self, one: Planned) -> None:
        row = one.row
        if row.problems:
            one.match, one.reasons = RowMatch.REFUSED, row.problems
            return
        one.lacks = bool(missing_for_new(row))
        memory = self.remembered.of(one.number, one.cells)
        answer = self._by_id(one)
        if answer is None or answer.verdict != "same":
            answer = self.organisations.again(memory, row.name) or answer or self._best(one)
        one.known, one.matches = answer.known, answer.matches or []
        if memory and memory.was_left_out and answer.verdict != "doubtful":
            one.match, one.known = RowMatch.DOUBTFUL, None
            one.reasons = [_("It was left out of an earlier import.")]
        elif answer.verdict == "new":
            self._match_new(one)
        elif answer.verdict == "doubtful":
            one.match = RowMatch.DOUBTFUL
        elif one.known and one.known.archived_at:
            one.match, one.matches = RowMatch.DOUBTFUL, [(one.known, 100.0)]
            one.reasons = [_("It was archived. Take it as this one to put it back.")]
        self._match_scope(one)

    def _best(self, one: Planned) -> Answer:
        row = one.row
        return self.organisations.best(row.name, row.region_code, row.organisation.get("sector"))

    def _match_again(self, one: Planned) -> None:
        """Dispel a doubt: a later row may add the very organisation that this one means."""
        if one.match is not RowMatch.DOUBTFUL or one.reasons:
            return
        answer = self._best(one)
        if answer.verdict == "same" and answer.known and answer.known.row is not None:
            one.match, one.known, one.matches = RowMatch.NEW, answer.known, answer.matches or []
            self._match_scope(one)

    def _match_new(self, one: Planned) -> None:
        row = one.row
        one.reasons = missing_for_new(row)
        one.match = RowMatch.REFUSED if one.reasons else RowMatch.NEW
        if not one.reasons and scope.may_edit(self.by, row.region_code):
            sector = row.organisation["sector"]
            one.known = self.organisations.add(row.name, row.region_code, sector, one.number)

    def _match_scope(self, one: Planned) -> None:
        if one.match is RowMatch.REFUSED:
            return
        here = [one.row.region_code] if one.match is not RowMatch.DOUBTFUL else []
        if one.known:
            here.append(one.known.region_code)
        if not all(scope.may_edit(self.by, code) for code in here if code or self.by.scope):
            one.match, one.lacks = RowMatch.REFUSED, False
            one.reasons = [_("It lies outside the regions you may edit.")]

    def _by_id(self, one: Planned) -> Answer | None:
        """Follow a number of ours, unless the name says that it is another list's number."""
        known = self.organisations.by_id.get(one.row.id or 0)
        if known is None:
            return None
        likeness = self.organisations.likeness(one.row.name, known)
        one.by_id = likeness >= SAME
        if likeness < ENOUGH:
            return None
        verdict = "same" if one.by_id else "doubtful"
        return Answer(verdict, known if one.by_id else None, [(known, likeness)])

    def _as_values(self, one: Planned) -> dict[str, Any]:
        is_stored = one.known is not None and one.known.id > 0
        return {
            "role": Role.STAKEHOLDERS,
            "number": one.number,
            "cells": one.cells,
            "subject": one.row.subject[:500],
            "match": one.match,
            "match_id": one.known.id if one.known and is_stored else None,
            "match_version": one.known.version if one.known and is_stored else None,
            "matches": [self._candidate(*match) for match in one.matches],
            "facts": one.facts
            | {"name": one.row.name, "detail": self.places.name(one.row.region_code)}
            | ({"by_id": True} if one.by_id else {})
            | ({"lacks": True} if one.lacks else {})
            | ({"with_row": one.known.row} if one.known and not is_stored else {}),
            "reason": " ".join(str(one) for one in one.reasons),
        }

    def _candidate(self, known: Known, score: float) -> dict[str, Any]:
        return {
            # One that only the file knows is called by its row.
            "id": known.id if known.row is None else f"row:{known.row}",
            "name": known.name,
            "detail": self.places.name(known.region_code),
            "score": round(score),
            "version": known.version,
        }
