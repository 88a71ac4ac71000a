"""The answer to "why me?" about one's own day, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from bankhall.apps.access.queries import Visitor
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.queries.pages import MyRoster, WhyFact
from bankhall.web.my.shown import names_of
from bankhall.wording.say import say
from bankhall.wording.sentences import Names, rule_name

SHAPES = {"rests_on": "act", "left_short": "act", "only_you": "act", "instead": "help", "wished_otherwise": "watch"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answer, with the shape that stands before it."""

    words: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one day; `could` when a colleague could still have it: then an offer is worth making."""

    day: date
    lines: tuple[Line, ...]
    could: bool


def answer_of(request: HttpRequest, who: Visitor, page: MyRoster, language: str, today: date) -> Answer | None:
    """The day asked about, when it is a published working day of the week shown."""
    asked = request.GET.get("why", "")
    day = next((d.day.date for d in page.days if d.day.date.isoformat() == asked and d.start is not None), None)
    if day is None or not page.version:
        return None
    facts = actions.why_me(who.scope, day=day)
    lines = tuple(Line(_words(fact, language, names_of(page)), SHAPES.get(fact.code, "")) for fact in facts)
    return Answer(day, lines, day > today and any(fact.code == "instead" for fact in facts))


def _words(fact: WhyFact, language: str, names: Names) -> str:
    facts: dict[str, object] = dict(fact.facts)
    code = str(facts.get("rule_code", ""))
    facts["rule"] = rule_name(code, language) if code else say("why.a_rule", language)
    facts["branch"] = names.branch(str(facts.get("branch", "")), language)
    if fact.code != "instead":
        return say(f"why.{fact.code}", language, **facts)
    strained = "why.instead_strained" if facts["breaches"] else "why.instead"
    return say(strained, language, **facts, **_other(fact.facts, language, names))


def _other(facts: Mapping[str, object], language: str, names: Names) -> dict[str, str]:
    """Who, against what, at what price, and who has had more Saturdays."""
    who, back, extra = str(facts.get("staff_no", "")), str(facts.get("back", "")), int(str(facts.get("extra_fen", 0)))
    code = "why.same_price" if not extra else "why.costs_more" if extra > 0 else "why.costs_less"
    terms = [say(code, language, amount=abs(extra))]
    terms += [say("why.in_return", language, day=back)] if back else []
    terms += [_saturdays(int(str(facts["fewer"])), language)] if "fewer" in facts else []
    return {
        "who": names.person(who, language) if who else say("why.a_colleague", language),
        "terms": ("，" if language.startswith("zh") else "; ").join(terms),
    }


def _saturdays(fewer: int, language: str) -> str:
    code = "even" if not fewer else "fewer" if fewer > 0 else "more"
    return say(f"why.{code}_saturdays", language, n=abs(fewer))
