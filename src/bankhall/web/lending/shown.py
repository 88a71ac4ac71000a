"""What the lending board shows, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bankhall.apps.rosters.queries.lending import BalanceLine, LendingPage, LoanLine
from bankhall.apps.rosters.states import AWAITING, LoanState
from bankhall.wording import figures
from bankhall.wording.say import say

ENDED = (LoanState.REFUSED, LoanState.WITHDRAWN, LoanState.LAPSED)


@dataclass(frozen=True, slots=True)
class LoanShown:
    """One loan as a ticket."""

    code: str
    state: str
    weekday: str
    date: str
    when: str
    who: str
    way: str
    money: str
    saves: str
    steps: tuple[str, ...]
    reasons: tuple[str, ...]
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of the list."""

    branch: str
    code: str
    day: str
    post: str
    part: str
    when: str
    short: str
    spare: str
    shape: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure above the list."""

    name: str
    value: str
    beside: str
    note: str
    css: str = ""


def board_context(page: LendingPage, language: str) -> dict[str, Any]:
    """Everything that the template reads."""
    days = page.week.days()
    standing = [loan for loan in page.loans if loan.state not in ENDED]
    return {
        "station": "plan", "page": page, "week": str(page.week), "week_number": page.week.number,
        "week_words": f"{figures.month_day(days[0], language)}{figures.DASH}{figures.month_day(days[-1], language)}",
        "figures": _figures(page, language),
        "suggested": [_loan(page, n, language) for n in standing if n.state == LoanState.SUGGESTED],
        "loans": [_loan(page, n, language) for n in standing if n.state != LoanState.SUGGESTED],
        "ended": [_loan(page, n, language) for n in page.loans if n.state in ENDED],
        "lines": [_line(page, line, language) for line in page.lines],
        "days": [(day.isoformat(), figures.day_title(day, language)) for day in days],
        "posts": [(code, name.read(language) or code) for code, name in page.posts.items()],
        "looked": figures.moment(timezone.localtime(page.looked), language) if page.looked else "",
        "regions": [(code, name.read(language) or code) for code, name in sorted(page.regions.items())],
        "parts": [(part, say(f"word.{part}", language)) for part in ("morning", "afternoon")],
        "chosen_day": page.filters.day.isoformat() if page.filters.day else "",
    }  # fmt: skip


def _figures(page: LendingPage, language: str) -> list[Figure]:
    rostered = [loan for loan in page.loans if loan.state == LoanState.ROSTERED]
    waiting = sum(loan.state in AWAITING for loan in page.loans)
    filled = sum(loan.half_hours_saved for loan in rostered) / 2
    return [
        Figure(
            _("Short"), figures.one(page.short / 2), _("person-hours"),
            _("after each branch's own roster and the loans in it"), "u-act" if page.short else "",
        ),
        Figure(_("To spare"), figures.one(page.spare / 2), _("person-hours"), _("people standing beyond the need")),
        Figure(
            _("Lent"), figures.one(filled), _("person-hours"),
            say("count.loans_cost", language, n=len(rostered),
                yuan=figures.yuan(sum(loan.cost_fen for loan in rostered))),
        ),
        Figure(_("Waiting for an answer"), str(waiting), "", _("offers that lapse when their day comes")),
    ]  # fmt: skip


def _loan(page: LendingPage, loan: LoanLine, language: str) -> LoanShown:
    post = page.posts[loan.post_code].read(language) if loan.post_code in page.posts else loan.post_code
    way = _("from %(home)s to %(there)s, %(minutes)s min on the way") % {
        "home": loan.from_name.read(language) or loan.from_branch,
        "there": loan.to_name.read(language) or loan.to_branch,
        "minutes": loan.travel_minutes,
    }
    reasons = tuple(step for step in loan.steps if step in ("refuse_loan", "withdraw_loan", "decline_loan"))
    return LoanShown(
        loan.code, str(loan.state), figures.weekday(loan.day, language), figures.month_day(loan.day, language),
        figures.span(loan.start, loan.end), f"{loan.name.read(language)} · {post}", way, figures.yuan(loan.cost_fen),
        _saves(loan, language),
        tuple(step for step in loan.steps if step not in reasons), reasons,
        tuple(
            _("%(step)s: %(who)s, %(when)s")
            % {
                "step": say(f"did.{one.step}", language), "who": one.by_name.read(language),
                "when": figures.moment(timezone.localtime(one.at), language),
            } + (f" ({one.reason})" if one.reason else "")
            for one in loan.history
        ),
    )  # fmt: skip


def _saves(loan: LoanLine, language: str) -> str:
    hours, yuan = figures.one(loan.half_hours_saved / 2), figures.yuan(loan.cost_fen)
    told = say("count.hours_filled", language, n=hours, yuan=yuan)
    if loan.wait_p90_saved is None:
        return told
    minutes = _("P90 wait of the day %(minutes)s min") % {"minutes": _signed(-loan.wait_p90_saved)}
    return f"{told} · {minutes}"


def _signed(minutes: float) -> str:
    return f"{'+' if minutes > 0.05 else '−' if minutes < -0.05 else '±'}{figures.one(abs(minutes))}"


def _line(page: LendingPage, line: BalanceLine, language: str) -> LineShown:
    post = page.posts[line.post_code].read(language) if line.post_code in page.posts else line.post_code
    return LineShown(
        line.name.read(language) or line.branch_code, line.branch_code, figures.day_title(line.day, language), post,
        say(f"word.{line.part}", language), figures.span(line.first, line.last),
        figures.one(line.short / 2) if line.short else "", figures.one(line.spare / 2) if line.spare else "",
        "act" if line.short >= 8 else "watch" if line.short else "",
    )  # fmt: skip
