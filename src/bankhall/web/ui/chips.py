"""Which shape a state wears: ○ nothing yet, ◐ proposed, ● done, ▲ watch, ◆ act, ◌ too few."""

SHAPES: dict[str, dict[str, str]] = {
    "roster": {
        "proposed": "plan", "confirmed": "plan", "approved": "plan", "published": "done", "superseded": "few",
        "none": "few", "infeasible": "act", "rejected": "watch",
    },
    "run": {"queued": "", "running": "plan", "done": "done", "failed": "act", "cancelled": "few"},
    "loan": {
        "offered": "plan", "giving_agreed": "plan", "taking_agreed": "plan", "agreed": "plan", "rostered": "done",
        "refused": "watch", "withdrawn": "few", "lapsed": "few",
    },
    "import": {"taken": "done", "failed": "act", "preparing": "plan"},
    "request": {"asked": "plan", "granted": "done", "refused": "act", "withdrawn": "few"},
    "offer": {
        "offered": "", "taken": "plan", "confirmed": "done", "refused": "act", "withdrawn": "few", "lapsed": "few",
    },
    "ask": {"asked": "plan", "accepted": "done", "declined": "watch", "lapsed": "few", "withdrawn": "few"},
    "today": {"due": "", "begun": "done", "ended": "few", "missing": "act", "late": "watch"},
    "finding": {"open": "act", "gone": "done", "dismissed": "few"},
}  # fmt: skip


def chip_class(kind: str, state: str) -> str:
    """The class of a chip; an unknown state is hollow."""
    return SHAPES.get(kind, {}).get(state, "")
