"""Figures of a plan, each in its unit: waits in minutes, shares in per cent, money in yuan, work in hours."""

from bankhall.wording import figures

SHARES = ("kept_share", "left_share")


def value_of(name: str, value: float | None, language: str) -> str:
    """A figure of a plan in its own unit; not known is a dash."""
    if value is None:
        return figures.NOTHING
    if name in SHARES:
        return figures.percent_one(value)
    if name == "cost_fen":
        return figures.yuan(value)
    if name == "work_minutes":
        return figures.hours(value, language)
    return figures.one(value)


def signed_value(name: str, value: float | None, language: str) -> str:
    """A change of it, with its sign; too small to be seen has none."""
    if value is None:
        return figures.NOTHING
    text = value_of(name, abs(value), language)
    if text == value_of(name, 0.0, language):
        return text
    return f"{'+' if value > 0 else figures.MINUS}{text}"
