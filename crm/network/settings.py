"""What the team may set about the analysis: wanted sectors, thresholds, and what a tie weighs."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select

import graphs.findings
from crm.db import db
from crm.errors import Conflict
from crm.language import _
from crm.network.models import NetworkSetting
from crm.network.questions import Question
from crm.transaction import transaction
from crm.users.models import User
from graphs.records import Options

NAME = "analysis"
"""The row that holds what differs from the defaults."""

WANTED = {"wanted_province": "province", "wanted_district": "district"}
"""Fields of wanted sectors, and the level that they are about."""

THRESHOLDS = {
    "broker_rise": ("single-broker", 1),
    "bridge_side": ("fragile-bridge", 1),
    "contact_encounters": ("single-contact", 1),
    "fading_days": ("fading-tie", 1),
    "fading_share": ("fading-tie-share", 100),
    "expiring_days": ("expiring-agreement", 1),
    "dependence_share": ("programme-dependence", 100),
    "dependence_days": ("programme-dependence-days", 1),
    "invited_days": ("never-invited", 1),
    "inward_least": ("inward-sector", 1),
}
"""Fields of thresholds: which one, and by what a person's number is divided (shares are in %)."""

WEIGHTS = {f"weight_{layer}": layer for layer in ("agreement", "support", "team", "attendance")}

USUAL = Options()

_DEFAULTS: dict[str, Any] = {
    **{name: list(graphs.findings.WANTED[level]) for name, level in WANTED.items()},
    **{
        name: graphs.findings.THRESHOLDS[code] * scale for name, (code, scale) in THRESHOLDS.items()
    },
    **{name: USUAL.weights[layer] for name, layer in WEIGHTS.items()},
    "working_attendance": USUAL.working_attendance,
    "half_life_days": USUAL.half_life_days,
}


def _plain(value: Any) -> Any:
    """Return a value as it stands in JSON, a whole number without a fraction."""
    if isinstance(value, list | tuple):
        return list(value)
    number = float(value) if isinstance(value, Decimal) else value
    return int(number) if isinstance(number, float) and number.is_integer() else number


DEFAULTS = {name: _plain(value) for name, value in _DEFAULTS.items()}
"""Every setting with its default, as the page shows it."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Settings:
    """All settings: the defaults, and what the team has set otherwise."""

    own: Values = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """Every setting by the name of its field."""
        return {**DEFAULTS, **self.own}

    @property
    def wanted(self) -> dict[str, tuple[str, ...]]:
        """Which sectors should be at work in a region, by its level."""
        values = self.values
        return {level: tuple(values[name]) for name, level in WANTED.items()}

    @property
    def thresholds(self) -> dict[str, float]:
        """From where on findings stand."""
        values = self.values
        return {code: values[name] / scale for name, (code, scale) in THRESHOLDS.items()}

    def options(self, question: Question) -> Options:
        """Return how the network of a question is built."""
        values = self.values
        all_years = question.window_days is None
        return Options(
            window_days=question.window_days,
            weights={layer: values[name] for name, layer in WEIGHTS.items()},
            # A view of all years does not age: a visit of 2017 would weigh next to nothing in 2026.
            half_life_days=math.inf if all_years else values["half_life_days"],
            working_attendance=values["working_attendance"],
        )


def in_force() -> Settings:
    """Return the settings as they are now."""
    row = stored()
    return Settings(row.value if row else {})


def stored() -> NetworkSetting | None:
    """Return the row of what the team has set; None while nothing was ever set."""
    return db.session.scalar(select(NetworkSetting).where(NetworkSetting.name == NAME))


def differing(values: Values) -> dict[str, Any]:
    """Return what differs from the defaults, as plain values: a later default reaches the rest."""
    plain = {name: _plain(value) for name, value in values.items() if name in DEFAULTS}
    for name in WANTED.keys() & plain.keys():
        plain[name] = [sector for sector in DEFAULTS[name] if sector in plain[name]]
    return {name: value for name, value in plain.items() if value != DEFAULTS[name]}


def change(by: User, *, version: int, restore: bool = False, **values: Any) -> None:
    """Set everything that can be set; results are then computed anew.

    :param version: of what the user was shown; 0 where nothing was ever set
    :raises Conflict: if somebody else has changed it since
    """
    with transaction(by=by):
        row = stored()
        if row is not None:
            db.session.refresh(row, ["version", "value"], with_for_update=True)
            if row.version != version:
                raise Conflict(_("Somebody else changed the settings in the meantime."), row)
        own = differing(values)
        if row is None and own:
            db.session.add(NetworkSetting(name=NAME, value=own))
        elif row is not None and row.value != own:
            row.value = own
