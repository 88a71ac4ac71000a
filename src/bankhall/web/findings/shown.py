"""Findings in words: what was seen, where, how often, and the rows behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bankhall.apps.access.queries import Visitor
from bankhall.apps.findings.queries import FindingLine, FindingPage
from bankhall.apps.findings.states import FindingState
from bankhall.apps.network import queries as network
from bankhall.apps.people import queries as people
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week
from bankhall.wording import figures
from bankhall.wording.say import say
from bankhall.wording.sentences import Names

KINDS = ("unmet_need", "cover_lost", "promise_not_kept", "plan_not_kept", "one_person_certificate")
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding."""

    number: int
    state: str
    words: str
    times: str
    span: str
    rows: tuple[str, ...]
    reason: str
    may_leave: bool


def list_context(who: Visitor, page: FindingPage, language: str, today: date) -> dict[str, Any]:
    """Everything that the template reads."""
    names = _names(who, page)
    kinds = [
        ("", say("finding.kind_all", language)),
        *((kind, say(f"finding.kind_{kind}", language)) for kind in KINDS),
    ]
    return {
        "station": "find", "kinds": kinds, "today": today,
        "lines": [_shown(who, line, names, language) for line in page.lines],
    }  # fmt: skip


def _names(who: Visitor, page: FindingPage) -> Names:
    """One query for each kind of code, whatever the page holds."""
    staff = {name for line in page.lines for name in str(line.facts.get("people", "")).split("|")}
    return Names(
        staff=people.names(who.scope, staff),
        posts={post.post_code: post.name for post in people.posts(who.scope)},
        branches=network.node_names({line.subject.branch_code for line in page.lines} | {""}),
        certificates=people.certificate_names(who.scope),
    )


def _shown(who: Visitor, line: FindingLine, names: Names, language: str) -> Shown:
    first, last = figures.full_date(line.first_seen, language), figures.full_date(line.last_seen, language)
    short = [row for row in line.rows[:MOST_ROWS] if "people_short" in row]
    return Shown(
        line.finding_id, str(line.state), _words(line, names, language),
        say("count.times_seen", language, n=line.times),
        first if first == last else f"{first}{figures.DASH}{last}",
        tuple(_row(row, names, language) for row in short), line.reason,
        line.state == FindingState.OPEN and who.may("plan_week", line.subject.branch_code),
    )  # fmt: skip


def _words(line: FindingLine, names: Names, language: str) -> str:
    facts: dict[str, object] = dict(line.facts)
    branch = names.branch(line.subject.branch_code, language)
    if line.state == FindingState.GONE and not line.rows:
        return say("finding.gone", language, branch=branch, what=say(f"finding.kind_{line.kind}", language))
    holders = [names.person(name, language) for name in str(facts.get("people", "")).split("|") if name]
    facts |= {"branch": branch, "week": _week(facts.get("week"), language), "people_names": holders}
    facts["certificate"] = names.certificate(str(facts.get("certificate_code", "")), language)
    return say(f"finding.{line.kind}", language, **facts)


def _week(value: object, language: str) -> str:
    try:
        return figures.week_span(Week.parse(str(value)), language)
    except BadInput:
        return str(value or "")


def _row(row: Mapping[str, object], names: Names, language: str) -> str:
    day = figures.day_title(date.fromisoformat(str(row["business_date"])), language)
    post = names.post(str(row["post_code"]), language)
    return say("finding.row", language, day=day, start=row["slot_start"], post=post, n=row["people_short"])
