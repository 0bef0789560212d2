"""What follows from all rows of a meeting together: its host, the agreement, the gifts."""

from collections.abc import Sequence

from sqlalchemy import select

from crm.agreements import services as agreements
from crm.agreements.models import Agreement
from crm.commitments import services as commitments
from crm.commitments.models import Commitment, CommitmentStatus
from crm.db import db
from crm.events.models import DatePrecision, Event
from crm.imports.meeting_rows import MeetingRow, ParticipationRow, Tie
from crm.invitations.models import ParticipationRole
from crm.language import _
from crm.users.models import User

Guest = tuple[int, ParticipationRow]
"""An organisation, and what its row says."""


class MeetingResults:
    """The host, the agreement and the gifts of one meeting; what is there is not doubled."""

    def __init__(self, by: User, event: Event, said: MeetingRow, guests: Sequence[Guest]) -> None:
        """Keep what the rows of the meeting say."""
        self.by = by
        self.event = event
        self.said = said
        self.guests = guests

    def store(self, *, sets_host: bool) -> None:
        """Store what is not there yet."""
        hosts = self._with_role(ParticipationRole.HOST)
        if sets_host and hosts and self.event.host_id is None:
            self.event.host_id = hosts[0]
        signed = self._tied(Tie.MOU)
        if len(signed) > 1:
            self._agreement(signed)
        for giver, receiver in self._gifts():
            self._gift(giver, receiver)

    def _tied(self, tie: Tie) -> list[int]:
        return list(dict.fromkeys(one for one, row in self.guests if row.tie is tie))

    def _with_role(self, role: ParticipationRole, tie: Tie | None = None) -> list[int]:
        return [
            one for one, row in self.guests if row.role is role and (tie is None or row.tie is tie)
        ]

    def _agreement(self, signed: list[int]) -> None:
        there = self._stored_agreement(signed)
        if there is None:
            agreements.add(
                self.by,
                title=self.said.title,
                kind=self.said.paper,
                parties=[(one, "") for one in signed],
                starts=self.said.when.day,
                source=self.said.source,
            )
            return
        parties = {one.stakeholder_id: one.number for one in there.parties}
        missing = [one for one in signed if one not in parties]
        if missing and there.archived_at is None:
            form = agreements.as_form(there)
            values = {
                name: form[name]
                for name in (
                    "title",
                    "kind",
                    "parent_id",
                    "programme_id",
                    "scope",
                    "starts",
                    "ends",
                )
            }
            agreements.change(
                self.by,
                there.id,
                version=there.version,
                parties=[*parties.items(), *((one, "") for one in missing)],
                **values,
            )

    def _stored_agreement(self, signed: list[int]) -> Agreement | None:
        """Return the agreement of this meeting, however it is called by now."""
        starts = self.said.when.day
        query = select(Agreement).where(
            Agreement.starts == starts if starts else Agreement.starts.is_(None),
            Agreement.parties.any(),
        )
        for one in db.session.scalars(query):
            is_it = one.title == self.said.title and one.source == self.said.source
            if is_it or set(signed) <= {party.stakeholder_id for party in one.parties}:
                return one
        return None

    def _gifts(self) -> list[tuple[int, int]]:
        """Return who gave to whom: the sponsors, or else the host, to all others with a gift."""
        given = self._tied(Tie.IN_KIND)
        givers = self._with_role(ParticipationRole.SPONSOR, Tie.IN_KIND) or self._with_role(
            ParticipationRole.HOST, Tie.IN_KIND
        )
        return [
            (giver, receiver)
            for giver in dict.fromkeys(givers)
            for receiver in given
            if receiver not in givers
        ]

    def _gift(self, giver: int, receiver: int) -> None:
        there = select(Commitment.id).where(
            Commitment.giver_id == giver,
            Commitment.receiver_id == receiver,
            Commitment.what == self.said.title,
            Commitment.source == self.said.source,
        )
        if db.session.scalar(there.limit(1)) is not None:
            return
        day = self.said.when.day
        # What was given on a day that nobody wrote down cannot be stored as realised.
        status = CommitmentStatus.REALISED if day else CommitmentStatus.PROMISED
        commitments.promise(
            self.by,
            giver_id=giver,
            receiver_id=receiver,
            kind=self.said.support,
            what=self.said.title,
            status=status,
            promised_on=day,
            realised_on=day,
            about=self._about(),
            source=self.said.source,
        )

    def _about(self) -> str:
        if self.said.when.day is None:
            return str(_("Given, according to the source, which names no date."))
        if self.said.when.precision is not DatePrecision.DAY:
            return str(_("The source names no exact day."))
        return ""
