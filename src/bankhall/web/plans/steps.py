"""The way of a plan to the wall: the stepper, whose turn it is, and the buttons with their questions."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bankhall.apps.rosters.queries.pages import PlanPage, StepDone
from bankhall.apps.rosters.states import RosterState
from bankhall.wording.figures import listed, moment
from bankhall.wording.say import say

ORDER = (RosterState.DRAFT, RosterState.PROPOSED, RosterState.CONFIRMED, RosterState.APPROVED, RosterState.PUBLISHED)
MADE_BY = {"propose": RosterState.PROPOSED, "confirm": RosterState.CONFIRMED, "approve": RosterState.APPROVED,
           "publish": RosterState.PUBLISHED}  # fmt: skip
ANOTHERS = ("role_may_not", "own_proposal", "own_confirmation")
"""Refusals that mean: somebody else does it."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the stepper: done, standing here, or to come; who did it and when."""

    words: str
    who: str
    css: str


@dataclass(frozen=True, slots=True)
class ActShown:
    """A button that takes a step. Not allowed, it stands there with whose turn it is."""

    step: str
    words: str
    url: str
    allowed: bool
    main: bool
    question: str = ""
    touched: str = ""
    asks_reason: bool = False
    needs_reason: bool = False
    reason_label: str = ""


def steps_of(page: PlanPage, language: str) -> list[StepShown]:
    """The states in order; approval only where the rules ask for it."""
    shown = [
        s for s in ORDER if s != RosterState.APPROVED or page.approval_needed or page.state == RosterState.APPROVED
    ]
    here = shown.index(page.state) if page.state in shown else len(shown) - 1
    done = {MADE_BY[d.step]: d for d in page.steps_done if d.step in MADE_BY}
    return [
        StepShown(
            say(f"state.step.{state}", language),
            _who(page, done[state], language) if state in done else "",
            "now" if place == here else "was" if place < here else "",
        )
        for place, state in enumerate(shown)
    ]


def _who(page: PlanPage, done: StepDone, language: str) -> str:
    """The signature as it was given; a person of the branch in the reader's letters."""
    name = page.names.staff.get(done.by_staff_no, done.by_name).read(language)
    return f"{name} {moment(timezone.localtime(done.at), language)}"


def next_words(page: PlanPage, language: str) -> str:
    """Whose turn it is, and why the reader's button is grey."""
    step = page.step_next
    if step is None:
        return ""
    roles = listed([say(f"role.{role}", language) for role in step.roles], language)
    turn = _("Next: %(who)s, %(step)s.") % {"who": roles, "step": say(f"move.{step.step}", language).lower()}
    if step.may:
        return _("Next: you may %(step)s.") % {"step": say(f"move.{step.step}", language).lower()}
    reason = say(f"error.{step.why_not}", language, **step.facts) if step.why_not else ""
    return f"{turn} {reason}".strip()


def acts_of(page: PlanPage, language: str) -> list[ActShown]:
    """The awaited step, and sending back where that may be done. None while an answer is being computed."""
    step = page.step_next
    if page.ref is None or step is None:
        return []
    back = [_send_back(page, language)] if page.way_back else []
    return [*back, _take(page, language)]


def _take(page: PlanPage, language: str) -> ActShown:
    step = page.step_next
    assert step is not None and page.ref is not None  # noqa: PT018 - acts_of asked
    others = not step.may and step.why_not in ANOTHERS
    words = say(f"awaits.{step.step}" if others else f"move.{step.step}", language)
    return ActShown(
        step.step,
        words,
        reverse("plan-step", args=[page.branch_code, str(page.week), step.step]),
        step.may,
        step.may,
        say(f"ask.{step.step}", language, version=page.ref.version),
        _touched(page, step.step, language),
        step.step == "publish",
        step.step == "publish" and any(_agreement(o.breach.rule_class if o.breach else "") for o in page.obstacles),
        _("Reason, when an agreement is not kept"),
    )


def _agreement(rule_class: str) -> bool:
    return rule_class == "agreement"


def _touched(page: PlanPage, step: str, language: str) -> str:
    people = len({row.staff_no for row in page.day.rows if row.week_minutes}) if page.day else 0
    if step == "publish":
        return say("count.people_see_shifts", language, n=people)
    stops = sum(one.stops for one in page.obstacles if one.kind == "breach") if step == "propose" else 0
    against = say("count.breaches_before_confirming", language, n=stops) if stops else ""
    locked = _("The plan is locked for editing until it is decided or sent back.")
    return f"{against} {locked}" if against else locked


def _send_back(page: PlanPage, language: str) -> ActShown:
    url = reverse("plan-step", args=[page.branch_code, str(page.week), "reject"])
    return ActShown(
        "reject", say(f"move.{page.way_back}", language), url, allowed=True, main=False,
        question=say(f"ask.{page.way_back}", language, version=page.ref.version if page.ref else 0),
        touched=_("It becomes a draft again; the reason goes with it."),
        asks_reason=True, needs_reason=True, reason_label=_("Reason"),
    )  # fmt: skip


def audit_words(page: PlanPage, language: str) -> str:
    """The last line of the page: who did what last, and what comes next."""
    if page.ref is None:
        return ""
    parts = []
    if page.steps_done:
        last = page.steps_done[-1]
        facts = {
            "number": page.ref.version,
            "step": say(f"did.{last.step}", language),
            "who": _who(page, last, language),
        }
        parts.append(_("Version %(number)s %(step)s by %(who)s.") % facts)
        if last.reason:
            parts.append(_("Reason: %(reason)s.") % {"reason": last.reason})
    elif page.made_at:
        when = moment(timezone.localtime(page.made_at), language)
        parts.append(_("Version %(number)s made %(when)s.") % {"number": page.ref.version, "when": when})
    needed = _("Three steps, three people.") if page.approval_needed else _("Two people sign: proposed and confirmed.")
    return " ".join([*parts, needed])
