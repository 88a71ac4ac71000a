"""Typed names of what is done: every app declares its own beside its actions, so all can be listed and worded."""

import re
from typing import NewType

ActionName = NewType("ActionName", str)

NAMES: dict[ActionName, bool] = {}
"""Every declared name, and whether it only looks (a sensitive read) instead of changing something."""

_FORM = re.compile(r"[a-z_]+\.[a-z_]+")


def action_name(name: str, *, only_looks: bool = False) -> ActionName:
    """Declares a name such as `rosters.propose`; the face has words for it under `act.rosters.propose`."""
    if not _FORM.fullmatch(name):
        raise ValueError(f"an action is named app.verb, not {name!r}")
    NAMES[ActionName(name)] = only_looks
    return ActionName(name)
