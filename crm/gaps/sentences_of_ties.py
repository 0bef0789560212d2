"""In words: where ties are missing, and what hangs on too few of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from crm.formats import day, number
from crm.gaps.named import Numbers, day_of, names_of
from crm.language import _, _n
from crm.network.models import StoredFinding
from crm.network.words import LAYER_NAMES, SECTOR_NOUNS, sector_within

if TYPE_CHECKING:
    from crm.gaps.sentences import Teller


def _uncovered(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    sentence = _(
        "No %(sector)s works as a partner in %(place)s.",
        sector=SECTOR_NOUNS[finding.sectors[0]],
        place=teller.place(finding),
    )
    return sentence, [
        (_("Wanted sectors missing"), f"{values['missing']} / {values['wanted']}"),
        (_("Known organisations of this sector"), number(values["known"])),
        (_("Organisations at work in the region"), number(values["engaged"])),
        (_("Steps to the nearest one"), number(values["steps"])),
    ]


def _unlinked(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    first, second = (SECTOR_NOUNS[one] for one in finding.sectors)
    sentence = _(
        "In %(place)s no %(first)s works together with any %(second)s.",
        first=first,
        second=second,
        place=teller.place(finding),
    )
    return sentence, [
        (_("Pairs of sectors without a tie"), number(values["unlinked"])),
        *(
            (_("At work: %(sector)s", sector=sector_within(sector)), number(values[side]))
            for sector, side in zip(finding.sectors, ("first", "second"), strict=True)
        ),
        (_("Steps between the nearest two"), number(values["steps"])),
    ]


def _isolated(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    name = teller.name(finding.organisations[0])
    last = values["last_contact"]
    when = day(date.fromisoformat(last)) if last else None
    if values["met"] is not None and when:
        sentence = _(
            "%(name)s has no working tie any more; it last met %(met)s on %(when)s.",
            name=name,
            met=teller.name(values["met"]),
            when=when,
        )
    elif values["met"] is not None:
        sentence = _(
            "%(name)s has no working tie; it met %(met)s before.",
            name=name,
            met=teller.name(values["met"]),
        )
    else:
        sentence = _("%(name)s is known, but has no tie to anybody.", name=name)
    return sentence, [
        (_("Organisations it met before"), number(values["acquaintances"])),
        (_("Last contact"), when),
        (_("Strength of the old tie"), number(values["strength"], 3)),
    ]


def _split(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    sentence = _n(
        "The partners in %(place)s form %(num)s part.",
        "The partners in %(place)s fall into %(num)s parts without any connection.",
        values["parts"],
        place=teller.place(finding),
    )
    return sentence, [
        (_("Separate parts"), number(values["parts"])),
        (_("Organisations in the largest part"), number(values["largest"])),
        (_("Organisations at work in the region"), number(values["engaged"])),
    ]


def _single_broker(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    told = {"place": teller.place(finding), "name": teller.name(finding.organisations[0])}
    if finding.region_code is None:
        sentence = _n(
            "The partners in %(place)s hang on %(name)s: without it %(num)s organisation is cut "
            "off.",
            "The partners in %(place)s hang on %(name)s: without it %(num)s organisations are cut "
            "off.",
            values["cut_off"],
            **told,
        )
    else:
        # Fewer than the whole network may lose: here its own organisations are counted alone.
        sentence = _n(
            "The partners in %(place)s hang on %(name)s: without it %(num)s organisation of this "
            "region is cut off from the others there.",
            "The partners in %(place)s hang on %(name)s: without it %(num)s organisations of this "
            "region are cut off from the others there.",
            values["cut_off"],
            **told,
        )
    return sentence, [
        (_("Fragmentation now"), number(values["fragmentation"], 3)),
        (_("Fragmentation without it"), number(values["without"], 3)),
        (_("Rise"), number(values["rise"], 3)),
        (_("Fragmentation without it, with the suggested tie"), number(values["relieved"], 3)),
        (_("Parts without it"), number(values["parts"])),
    ]


def _fragile(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    one, other = names_of(teller, finding)
    sentence = _(
        "The tie between %(one)s and %(other)s alone connects %(smaller)s organisations with "
        "%(larger)s others.",
        one=one,
        other=other,
        smaller=number(values["smaller"]),
        larger=number(values["larger"]),
    )
    return sentence, [
        (_("Organisations on the smaller side"), number(values["smaller"])),
        (_("Organisations on the larger side"), number(values["larger"])),
        (_("Kind of tie"), LAYER_NAMES.get(values["layer"], "—")),
        (_("Strength of the tie"), number(values["strength"], 3)),
        (_("Last contact"), day_of(values["last_contact"])),
    ]


def _inward(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    told = {"sector": sector_within(finding.sectors[0]), "place": teller.place(finding)}
    other = values["other"]
    if other is None:
        sentence = _(
            "In %(place)s the sector %(sector)s keeps to itself more than chance explains.", **told
        )
    else:
        sentence = _(
            "In %(place)s the sector %(sector)s keeps to itself more than chance explains; what "
            "is missing most are ties with the sector %(other)s.",
            other=sector_within(other),
            **told,
        )
    return sentence, [
        (_("E–I index"), number(values["value"], 3)),
        (_("Expected by chance"), number(values["expected"], 3)),
        (_("By chance between"), f"{number(values['low'], 3)} – {number(values['high'], 3)}"),
        (_("Ties to other sectors"), number(values["external"])),
        (_("Ties inside the sector"), number(values["internal"])),
        (
            _("Ties to the sector that is missing most, and expected"),
            f"{number(values['ties'])} / {number(values['ties_expected'], 1)}",
        ),
    ]


SENTENCES: dict[str, Callable[[Teller, StoredFinding], tuple[Any, Numbers]]] = {
    "uncovered-sector": _uncovered,
    "unlinked-sectors": _unlinked,
    "isolated-stakeholder": _isolated,
    "split-region": _split,
    "single-broker": _single_broker,
    "fragile-bridge": _fragile,
    "inward-sector": _inward,
}
