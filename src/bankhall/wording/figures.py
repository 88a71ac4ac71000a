"""Figures, times and dates as people read them, in both languages. Rounding follows the error, never the machine."""

from datetime import date, datetime

from bankhall.kernel.minutes import format_minutes
from bankhall.kernel.week import Week

WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUS, DASH, NOTHING = "\N{MINUS SIGN}", "\N{EN DASH}", "\N{EN DASH}"


def side(language: str) -> str:
    """`zh` for any Chinese language code, else `en`."""
    return "zh" if language.startswith("zh") else "en"


def clock(minute: int) -> str:
    """Minutes from local midnight as `09:30`."""
    return format_minutes(int(minute))


def span(start: int, end: int) -> str:
    """`09:30–10:30`."""
    return f"{clock(start)}{DASH}{clock(end)}"


def weekday(day: date, language: str) -> str:
    """`周二`, `Tue`."""
    return WEEKDAYS[side(language)][day.weekday()]


def month_day(day: date, language: str) -> str:
    """`12 月 1 日`, `1 Dec`."""
    return f"{day.month} 月 {day.day} 日" if side(language) == "zh" else f"{day.day} {MONTHS[day.month - 1]}"


def short_date(day: date, language: str) -> str:
    """`12-1`, `1 Dec`: beside a weekday."""
    return f"{day.month}-{day.day}" if side(language) == "zh" else month_day(day, language)


def full_date(day: date, language: str) -> str:
    """`2026 年 12 月 1 日`, `1 Dec 2026`."""
    text = month_day(day, language)
    return f"{day.year} 年 {text}" if side(language) == "zh" else f"{text} {day.year}"


def month_title(day: date, language: str) -> str:
    """`2027 年 3 月`, `Mar 2027`."""
    return f"{day.year} 年 {day.month} 月" if side(language) == "zh" else f"{MONTHS[day.month - 1]} {day.year}"


def day_title(day: date, language: str) -> str:
    """`12 月 1 日 周二`, `Tue 1 Dec`."""
    if side(language) == "zh":
        return f"{month_day(day, language)} {weekday(day, language)}"
    return f"{weekday(day, language)} {month_day(day, language)}"


def week_span(week: Week, language: str) -> str:
    """The dates of a week: `11 月 30 日至 12 月 6 日`, `30 Nov–6 Dec`."""
    first, last = month_day(week.first_day(), language), month_day(week.days()[-1], language)
    return f"{first}至 {last}" if side(language) == "zh" else f"{first}{DASH}{last}"


def moment(when: datetime, language: str) -> str:
    """An instant in the zone that it carries: `11-23 10:12`, `23 Nov, 10:12`."""
    hour = f"{when.hour:02d}:{when.minute:02d}"
    return f"{when.month}-{when.day} {hour}" if side(language) == "zh" else f"{month_day(when, language)}, {hour}"


def whole(value: float | None) -> str:
    """`12,167`; not known is a dash."""
    return NOTHING if value is None else _minus(f"{value:,.0f}")


def one(value: float | None) -> str:
    """At most one decimal: `2.5`, `8`."""
    return NOTHING if value is None else _minus(f"{value:,.1f}".removesuffix(".0"))


def percent(share: float | None) -> str:
    """A share as whole per cent: 0.92 -> `92%`."""
    return NOTHING if share is None else _minus(f"{100 * share:.0f}%")


def percent_one(share: float | None) -> str:
    """A share with one decimal, for forecast errors: `18.6%`."""
    return NOTHING if share is None else _minus(f"{100 * share:.1f}%")


def signed_percent(share: float | None) -> str:
    """A change: `+3%`, `−23%`."""
    return NOTHING if share is None else _minus(f"{100 * share:+.0f}%").replace(f"{MINUS}0%", "0%").replace("+0%", "0%")


def between(low: float | None, high: float | None) -> str:
    """A range of whole numbers: `159–251`."""
    return NOTHING if low is None or high is None else f"{whole(low)}{DASH}{whole(high)}"


def hours(minutes: float, language: str) -> str:
    """Minutes as hours: `6.5 时`, `6.5 h`."""
    return f"{one(minutes / 60)} {'时' if side(language) == 'zh' else 'h'}"


def minutes_of(value: float, language: str) -> str:
    """`22 分`, `22 min`."""
    return f"{whole(value)} {'分' if side(language) == 'zh' else 'min'}"


def yuan(amount_fen: float) -> str:
    """Fen as whole yuan: `¥1,234`."""
    return _minus(f"¥{amount_fen / 100:,.0f}")


def listed(items: list[str] | tuple[str, ...], language: str) -> str:
    """Several names in one breath."""
    return ("、" if side(language) == "zh" else ", ").join(items)


def _minus(text: str) -> str:
    return text.replace("-", MINUS)
