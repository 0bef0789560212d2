"""What an address proposes for a new record: "a follow-up of this event, in this region"."""

from flask import request


def proposed(*names: str) -> dict[str, str]:
    """Return the values that the address has for these fields; whatever else it says is ignored.

    Only texts and choices may be proposed: a field for days cannot show a text that is no day.
    """
    return {name: request.args[name] for name in names if name in request.args}
