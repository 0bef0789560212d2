"""What a row would change about an organisation: compared with what is stored, field by field."""

from collections.abc import Mapping
from typing import Any

from crm.stakeholders import names
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Stakeholder

FIELDS = (
    "name",
    "short_name",
    "sector",
    "kind_id",
    "level",
    "region_code",
    "address",
    "phone",
    "email",
    "website",
    "influence",
    "interest",
    "stage",
    "about",
    "source",
)
"""What a row may set; aliases and tags are only ever added to."""

LISTS = ("aliases", "tags")
KEPT = ("identifiers", "owner_id")
CORRECT_NAME = "correct_name"
"""What a row says beside its name where it refers to the organisation by our own number."""

Change = tuple[str, Any, Any]
"""A field, its old and its new value."""


def stored(stakeholder: Stakeholder) -> dict[str, Any]:
    """Return all that ``stakeholders.services.change`` takes, as it is stored."""
    form = stakeholders.as_form(stakeholder)
    return {name: form[name] for name in (*FIELDS, *LISTS, *KEPT)}


def changes(
    state: Mapping[str, Any],
    said: Mapping[str, Any],
    *,
    own: set[str] | None = None,
) -> list[Change]:
    """Return what a row changes; what it does not say, or says as it is stored, stays.

    :param said: with ``correct_name``: another spelling is a correction, not one more name
    :param own: what this row is the first to say; None: all of it
    """
    may_rename = CORRECT_NAME in said and (own is None or CORRECT_NAME in own)
    found: list[Change] = []
    for field in FIELDS:
        if field == "name" or field not in said or (own is not None and field not in own):
            continue
        old, new = state.get(field), said[field]
        if new not in (None, "") and not _is_same(field, old, new):
            found.append((field, old, new))
    aliases = list(said.get("aliases", ()))
    if (name := said.get("name")) and names.key(name) != names.key(state["name"]):
        if may_rename:
            found.insert(0, ("name", state["name"], name))
        else:
            aliases.append(name)
    elif may_rename and name and name != state["name"]:
        found.insert(0, ("name", state["name"], name))
    if added := _added(state, aliases):
        found.append(("aliases", list(state["aliases"]), [*state["aliases"], *added]))
    tags = [one for one in said.get("tags", ()) if not _holds(state["tags"], one)]
    if tags:
        found.append(("tags", list(state["tags"]), [*state["tags"], *tags]))
    return found


def _is_same(field: str, old: Any, new: Any) -> bool:
    if field in ("email", "website") and isinstance(old, str):
        return old.casefold() == str(new).casefold()
    return bool(old == new)


def _added(state: Mapping[str, Any], aliases: list[str]) -> list[str]:
    known = {names.key(state["name"]), *map(names.key, state["aliases"])}
    added = []
    for alias in aliases:
        if (key := names.key(alias)) not in known:
            known.add(key)
            added.append(alias[:300])
    return added


def _holds(words: list[str], word: str) -> bool:
    return word.casefold() in {one.casefold() for one in words}
