"""A generated network into a real database: plain inserts in bulk, past the session and its audit.

Only a benchmark may do this: nothing of it is in any history, and nobody is responsible for it.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, text, update

from benchmarks.generate import Network, Organisation
from crm.agreements.models import Agreement, AgreementKind, AgreementParty
from crm.audit.models import DataVersion
from crm.commitments.models import Commitment, CommitmentStatus, Support
from crm.contacts.models import Position
from crm.events.models import Event, EventKind, EventStatus
from crm.invitations.models import Attendance, Invitation, Participation, ParticipationRole
from crm.regions.models import Level
from crm.regulations.models import Team, TeamMember
from crm.stakeholders import names
from crm.stakeholders.models import Kind, Sector, Stage, Stakeholder, StakeholderAlias

AT_ONCE = 5_000
HEADS = {
    "opd": "Kepala",
    "university": "Rektor",
    "community": "Ketua",
    "ngo_csr": "Direktur",
    "business": "Direktur",
    "media": "Pemimpin Redaksi",
}
STAGES = list(Stage)

Rows = Iterable[dict[str, Any]]


def write(engine: Engine, network: Network) -> None:
    """Put a network into a database that has its tables, regions and kinds, and nothing else."""
    with engine.connect().execution_options(will_write=True) as connection, connection.begin():
        kinds = {code: number for number, code in connection.execute(select(Kind.id, Kind.code))}
        for model, rows in _tables(network, kinds):
            _insert(connection, model.__table__, rows)
        connection.execute(update(DataVersion).values(number=DataVersion.number + 1))
        if engine.dialect.name == "postgresql":
            _move_sequences(connection)
    if engine.dialect.name == "postgresql":  # its own housekeeping would, within a minute
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _tables(network: Network, kinds: dict[str, int]) -> Iterator[tuple[Any, Rows]]:
    """Yield models and their rows, parents before children."""
    yield Stakeholder, _stakeholders(network, kinds)
    yield StakeholderAlias, _aliases(network)
    yield Position, _posts(network)
    yield Event, _events(network)
    yield Participation, _participations(network)
    yield Agreement, _agreements(network)
    yield AgreementParty, _parties(network)
    yield Commitment, _commitments(network)
    yield Team, _teams(network)
    yield TeamMember, _members(network)


def _insert(connection: Connection, table: Table, rows: Rows) -> None:
    waiting = iter(rows)
    while chunk := list(islice(waiting, AT_ONCE)):
        connection.execute(insert(table), chunk)


def _move_sequences(connection: Connection) -> None:
    """Let PostgreSQL go on counting after the ids that were given."""
    for model in (Stakeholder, StakeholderAlias, Position, Event, Participation, Agreement,
                  AgreementParty, Commitment, Team, TeamMember):  # fmt: skip
        highest = connection.scalar(select(func.max(model.id)))
        if highest:
            sequence = func.pg_get_serial_sequence(f'"{model.__tablename__}"', "id")
            connection.execute(select(func.setval(sequence, highest)))


def _stakeholders(network: Network, kinds: dict[str, int]) -> Rows:
    for one in network.organisations:
        aliases = [one.short_name] if one.short_name else []
        yield {
            "id": one.id,
            "name": one.name,
            "name_key": names.key(one.name),
            "search_text": names.search_text([one.name, *aliases]),
            "sector": Sector(one.sector),
            "kind_id": kinds[one.kind],
            "level": Level(one.level),
            "region_code": one.region,
            "influence": min(1 + int(one.activity), 5),
            "interest": 1 + one.id % 5,
            "stage": STAGES[one.id % len(STAGES)],
            "source": "benchmarks/generate.py",
        }


def _aliases(network: Network) -> Rows:
    for one in network.organisations:
        if one.short_name:
            key = names.key(one.short_name)
            yield {"stakeholder_id": one.id, "name": one.short_name, "key": key}


def _posts(network: Network) -> Rows:
    # Posts without persons: the generator makes up organisations, nobody.
    for one in network.organisations:
        if one.id % 10 < 7:
            yield {"stakeholder_id": one.id, "title": f"{HEADS[one.sector]} {one.name}"[:500]}


def _events(network: Network) -> Rows:
    for number, one in enumerate(network.meetings, start=1):
        title = f"{one.kind.capitalize()} {number}: {_name(network, one.host)}"
        yield {
            "id": number,
            "title": title[:500],
            "search_text": names.search_text([title]),
            "kind": EventKind(one.kind),
            "status": EventStatus.HELD,
            "starts_on": one.day,
            "region_code": one.region,
            "host_id": one.host,
        }


def _participations(network: Network) -> Rows:
    for number, one in enumerate(network.meetings, start=1):
        for members, came in ((one.present, Attendance.PRESENT), (one.absent, Attendance.ABSENT)):
            for member in members:
                yield {
                    "event_id": number,
                    "stakeholder_id": member,
                    "role": ParticipationRole.HOST
                    if member == one.host
                    else ParticipationRole.PARTICIPANT,
                    "invitation": Invitation.SENT,
                    "invited_on": one.day and one.day - timedelta(days=10),
                    "attendance": came,
                }


def _agreements(network: Network) -> Rows:
    for number, one in enumerate(network.agreements, start=1):
        title = f"Perjanjian {number}: {_name(network, one.members[0])}"
        yield {
            "id": number,
            "title": title[:500],
            "search_text": names.search_text([title]),
            "kind": AgreementKind.PKS if number % 4 == 0 else AgreementKind.MOU,
            "starts": one.starts,
            "ends": one.ends,
        }


def _parties(network: Network) -> Rows:
    for number, one in enumerate(network.agreements, start=1):
        for member in one.members:
            yield {"agreement_id": number, "stakeholder_id": member}


def _commitments(network: Network) -> Rows:
    for number, one in enumerate(network.promises, start=1):
        yield {
            "id": number,
            "giver_id": one.giver,
            "receiver_id": one.receiver,
            "kind": Support(one.kind),
            "what": f"Dukungan {number}",
            "value": one.value,
            "status": CommitmentStatus.REALISED if one.kept else CommitmentStatus.PROMISED,
            "promised_on": one.promised,
            "due_on": one.due,
            "realised_on": one.kept,
        }


def _teams(network: Network) -> Rows:
    for number, one in enumerate(network.teams, start=1):
        name = f"Tim Sinergi {number}"
        yield {
            "id": number,
            "name": name,
            "region_code": one.region,
            "starts": one.starts,
            "ends": one.ends,
        }


def _members(network: Network) -> Rows:
    for number, one in enumerate(network.teams, start=1):
        for member in one.members:
            yield {"team_id": number, "stakeholder_id": member}


def _name(network: Network, number: int) -> str:
    organisation: Organisation = network.organisations[number - 1]
    return organisation.name
