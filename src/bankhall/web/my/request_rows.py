"""Requests, wishes, offers and balances of one's own, as the templates show them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bankhall.apps.access.queries import Visitor
from bankhall.apps.people.queries import AbsenceLine, Balances
from bankhall.apps.people.states import AskedState
from bankhall.apps.rosters.actions import LeaveCheck
from bankhall.apps.rosters.queries.offers import OfferLine
from bankhall.apps.rosters.queries.requests import home_of, names_at
from bankhall.apps.rosters.states import OPEN_OFFERS
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.breach import Breach
from bankhall.wording.figures import MINUS, day_title, hours, month_day, span
from bankhall.wording.say import say, word
from bankhall.wording.sentences import Names, Sentence, say_breach


def spoken(who: Visitor, findings: Iterable[Breach], language: str) -> list[Sentence]:
    """What the rules say, in their words."""
    names = names_at(who.scope, home_of(who.scope))
    table = Names(staff=names.staff, posts=names.posts, duties=names.duties, certificates=names.certificates)
    return [say_breach(breach, language, table) for breach in findings]


def nearest_of(found: LeaveCheck, language: str) -> dict[str, str] | None:
    """The nearest day from which it would go."""
    if found.nearest is None:
        return None
    return {"value": found.nearest.isoformat(), "words": day_title(found.nearest, language)}


def own_rows(lines: Iterable[AbsenceLine], language: str, today: date) -> list[dict[str, Any]]:
    """One's own requests, newest first."""
    return [
        {
            "id": line.request_id, "what": word(line.kind, language), "when": _when(line, language),
            "state": str(line.state), "by": line.answered_name, "said": line.answer_reason,
            "may_withdraw": line.state == AskedState.ASKED or (line.state == AskedState.GRANTED and line.first > today),
        }
        for line in lines
    ]  # fmt: skip


def recorded_rows(absences: Iterable[Absence], language: str) -> list[tuple[str, str]]:
    """When and what the records say, without a request."""
    return [(_days(one, language), word(one.kind, language)) for one in absences]


def _days(one: Absence, language: str) -> str:
    first, last = one.starts_at.date(), (one.ends_at - timedelta(minutes=1)).date()
    if first == last:
        return day_title(first, language)
    return f"{month_day(first, language)}–{month_day(last, language)}"


def _when(line: AbsenceLine, language: str) -> str:
    if line.start is not None and line.end is not None:
        return f"{day_title(line.first, language)} {span(line.start, line.end)}"
    if line.first == line.last:
        return day_title(line.first, language)
    return f"{month_day(line.first, language)}–{month_day(line.last, language)}"


def wish_rows(wishes: Iterable[tuple[date, str]], language: str) -> list[tuple[str, str, str]]:
    """Date, kind, and the date as a form sends it."""
    return [(day_title(day, language), word(kind, language), day.isoformat()) for day, kind in wishes]


def offer_rows(lines: Iterable[OfferLine], names: dict[str, str], language: str) -> list[dict[str, Any]]:
    """Offers in words."""
    rows = []
    for line in lines:
        taker = line.taken_by or line.to_staff_no
        rows.append({
            "id": line.offer_id, "day": day_title(line.day, language), "who": names.get(line.staff_no, line.staff_no),
            "to": names.get(taker, taker), "back": day_title(line.return_day, language) if line.return_day else "",
            "state": str(line.state), "open": line.state in OPEN_OFFERS, "reason": line.answer_reason,
            "version_state": line.version_state, "hours": span(*line.hours) if line.hours else "",
        })  # fmt: skip
    return rows


def balance_rows(page: Balances, language: str) -> list[dict[str, Any]]:
    """Every account with its lines."""
    return [
        {
            "name": say(f"word.account_{account.account}", language),
            "total": _amount(account.account, account.amount, language),
            "lines": [
                {
                    "on": entry.on, "why": say(f"word.ledger_{entry.kind}", language), "reason": entry.reason,
                    "amount": _signed(entry.account, entry.amount, language),
                    "after": _amount(entry.account, entry.after, language),
                }
                for entry in account.entries
            ],
        }
        for account in page.accounts
    ]  # fmt: skip


def _amount(account: str, amount: int, language: str) -> str:
    if account != "leave":
        return hours(amount, language)
    days = f"{amount / 100:.2f}".rstrip("0").rstrip(".").replace("-", MINUS)
    return say("count.days", language, n=days)


def _signed(account: str, amount: int, language: str) -> str:
    return f"+{_amount(account, amount, language)}" if amount > 0 else _amount(account, amount, language)
