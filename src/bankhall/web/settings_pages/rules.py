"""The rule pack: what binds whom, from when, by which source. Head office sets a rule or ends one; the past stays."""

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import get_args

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.imports import actions
from bankhall.apps.network import queries as network
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries import SET_BY_ROWS
from bankhall.kernel.bank.roster import Rule
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.breach import RuleClass
from bankhall.kernel.errors import BadInput, NotFound
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording import figures
from bankhall.wording.say import say, word

RULE_CLASSES: tuple[RuleClass, ...] = get_args(RuleClass)


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One row of the pack: `starts` is its key's date as a form carries it, `later` that it does not hold yet."""

    rule: Rule
    name: str
    value: str
    branch: str
    rule_class: str
    starts: str
    later: bool


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every row that holds today or later."""
    who = visitor_who_may(request, "see_network")
    today, tongue = settings.CLOCK.today(), language()
    branches = {node.node_code: node.name.read(tongue) for node in network.branches(who.scope)}
    pack = [_shown(rule, branches, today, tongue) for rule in rosters.rule_pack(who.scope, today)]
    context = {
        "station": "records", "rules": pack, "may_edit": who.may("edit_rules"), "may_see_audit": who.may("see_audit"),
        "codes": [(code, say(f"rule.{code}", tongue)) for code in SET_BY_ROWS], "branches": branches.items(),
        "classes": [(code, word(code, tongue)) for code in RULE_CLASSES], "today": today.isoformat(),
    }  # fmt: skip
    return render(request, "settings_pages/templates/rules.html", context)


@require_POST
def set_rule(request: HttpRequest) -> HttpResponse:
    """A rule for every branch or one, from today or later."""
    who = visitor_who_may(request, "edit_rules")
    rule = _rule_of(request)
    actions.set_rule(rule, on=settings.CLOCK.today(), by=who.person.actor, scope=who.scope)
    messages.success(request, say("done.set_rule", language(), rule=say(f"rule.{rule.rule_code}", language())))
    return redirect("rules")


@require_POST
def end_rule(request: HttpRequest) -> HttpResponse:
    """The last day of a row; it stays on record."""
    who = visitor_who_may(request, "edit_rules")
    post, today = request.POST, settings.CLOCK.today()
    wanted = (post.get("rule_code", ""), post.get("branch_code", ""), post.get("starts", ""))
    found = next((rule for rule in rosters.rule_pack(who.scope, today) if _key(rule) == wanted), None)
    if found is None:
        raise NotFound("rule")
    actions.end_rule(found, _day(post.get("valid_until", "")), on=today, by=who.person.actor, scope=who.scope)
    messages.success(request, say("done.end_rule", language(), rule=word(f"rule.{found.rule_code}", language())))
    return redirect("rules")


def _key(rule: Rule) -> tuple[str, str, str]:
    starts = rule.validity.valid_from
    return rule.rule_code, rule.branch_code, starts.isoformat() if starts else ""


def _shown(rule: Rule, branches: dict[str, str], today: date, tongue: str) -> RuleShown:
    return RuleShown(
        rule, word(f"rule.{rule.rule_code}", tongue), _value_words(rule, tongue),
        branches.get(rule.branch_code, rule.branch_code), word(rule.rule_class, tongue), _key(rule)[2],
        not rule.validity.holds(today),
    )  # fmt: skip


def _value_words(rule: Rule, tongue: str) -> str:
    """A value as people read it: `8 h`, `2 people`, `applies`."""
    unit = rule.unit or SET_BY_ROWS.get(rule.rule_code, "")
    if unit == "minutes":
        return figures.hours(rule.value, tongue) if rule.value % 30 == 0 else figures.minutes_of(rule.value, tongue)
    if unit == "minutes from midnight":
        return figures.clock(int(rule.value))
    if unit == "fen":
        return figures.yuan(rule.value)
    if unit == "share":
        return figures.percent(rule.value)
    if not unit and rule.value == 1:
        return word("applies", tongue)
    counted = {"days": "count.days", "weeks": "count.weeks", "people": "count.people"}.get(unit)
    return say(counted, tongue, n=figures.one(rule.value)) if counted else figures.one(rule.value)


def _rule_of(request: HttpRequest) -> Rule:
    post = {name: value.strip() for name, value in request.POST.items() if isinstance(value, str)}
    kind = next((known for known in RULE_CLASSES if known == post.get("rule_class")), None)
    if kind is None or post.get("rule_code") not in SET_BY_ROWS:
        raise BadInput("form_incomplete")
    code, value = post["rule_code"], _number(post.get("value", ""))
    until = post.get("valid_until", "")
    validity = Validity(_day(post.get("valid_from", "")), _day(until) if until else None)
    unit = SET_BY_ROWS[code]
    return Rule(code, value, kind, post.get("branch_code", ""), unit, post.get("source", ""), validity)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise BadInput("rule_value_unreadable", text=text) from error
    if not isfinite(value) or value < 0:
        raise BadInput("rule_value_unreadable", text=text)
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("date_unreadable", text=text) from error
