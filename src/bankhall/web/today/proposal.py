"""The proposal for the rest of the day: who changes, people short, waits and cost, before and after."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import uuid4

from bankhall.analytics.rostering.day_changes import DayChange
from bankhall.apps.rosters.queries.asks import CandidateLine
from bankhall.apps.rosters.queries.today import ProposalShown, TodayPage
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.plain import from_plain
from bankhall.web.ui.running import run_beside
from bankhall.wording.figures import NOTHING, day_title, listed, one, percent_one, span
from bankhall.wording.say import known, say
from bankhall.wording.sentences import Names, place, say_breach

Row = Mapping[str, Any]
SHOWN_BREACHES, MOST_NAMED = 5, 3


def proposal_shown(page: TodayPage, found: ProposalShown, names: Names, language: str, path: str) -> dict[str, Any]:
    """The proposal, or how far it is."""
    if found.answer is None:
        run = run_beside(found.run, page.branch_code, f"{path}#proposal") if found.run else None
        return {"number": found.number, "running": run}
    law = [_broken(from_plain(Breach, row), page, names, language) for row in found.answer["law_breaches"]]
    others = len(found.changes)
    return {
        "number": found.number, "key": uuid4(), "law": law[:SHOWN_BREACHES], "may_publish": not law,
        "more_law": max(0, len(law) - SHOWN_BREACHES), "figures": figures_of(found, language),
        "cost": _cost(found.answer, language), "arrival": _arrival(page, found, language),
        "longer": _longer(found.answer, language),
        "agreements": found.answer["agreement_breaches"],
        "changes": [_change(page, change, names, language) for change in found.changes],
        "changes_words": say("today.people_change" if others else "today.nobody_changes", language, n=others),
    }  # fmt: skip


def _broken(breach: Breach, page: TodayPage, names: Names, language: str) -> dict[str, str]:
    """What breaks and when, who would mend it by coming (the list's order), and what else would."""
    said = say_breach(breach, language, names)
    mending = [names.person(one.staff_no, language) for one in page.candidates if _keeps(one, breach)]
    asking = "today.ask_one_of" if len(mending) > 1 else "today.ask_one"
    asked = say(asking, language, people=listed(mending[:MOST_NAMED], language)) if mending else ""
    code = f"today.or_{breach.rule_code}"
    other = say(code, language) if known(code) else ""
    nobody = "" if mending else say("today.nobody_mends", language)
    return {"title": said.title, "detail": said.detail, "mend": " ".join(filter(None, (asked or nobody, other)))}


def _keeps(one: CandidateLine, breach: Breach) -> bool:
    """Whether it would not break with them; nobody is named whom a rule keeps."""
    same = (breach.rule_code, breach.business_date, breach.start, breach.staff_no)
    return one.against is None and any(
        (kept.rule_code, kept.business_date, kept.start, kept.staff_no) == same for kept in one.keeps
    )


def figures_of(found: ProposalShown, language: str) -> list[tuple[str, str, str, str]]:
    """People short and the hall's waits of the day: as published, with nothing done, with the change."""
    answer = found.answer or {}
    short = [str(sum(int(row["people_short"]) for row in answer[name])) for name in ("short_before", "short_after")]
    lines = [(say("today.short", language), NOTHING, *short)]
    for measure, words in (("wait_p90", one), ("left_share", percent_one)):
        proofs = (found.published, answer["proof_before"], answer["proof_after"])
        told = [_measured(rows, measure) for rows in proofs]
        if answer["proof_after"]:
            shown = [NOTHING if value is None else words(value) for value in told]
            lines.append((say(f"today.{measure}", language), *shown))
    return [(line[0], line[1], line[2], line[3]) for line in lines]


def _longer(answer: Row, language: str) -> str:
    """That customers wait longer mended than with nothing done, where they do."""
    before, after = (_measured(answer[name], "wait_p90") for name in ("proof_before", "proof_after"))
    if before is None or after is None or one(before) == one(after) or after < before:
        return ""
    return say("today.longer", language, before=before, after=after)


def _cost(answer: Row, language: str) -> str:
    more = int(answer["cost_fen"]) - int(answer["cost_before_fen"])
    code = "more" if more > 0 else "less" if more < 0 else "same"
    return say(f"today.cost_{code}", language, amount=abs(more))


def _change(page: TodayPage, change: DayChange, names: Names, language: str) -> dict[str, str]:
    before, after = (_hours(rows, names, language) for rows in (change.before, change.after))
    if before == after:  # the same hours and posts in another order: then the stretches that differ
        kept = set(change.before) & set(change.after)
        before, after = (_spells(rows, kept, names, language) for rows in (change.before, change.after))
    day = "" if change.day == page.day else day_title(change.day, language)
    return {"name": names.person(change.staff_no, language), "day": day, "before": before, "after": after}


def _spells(rows: Iterable[Assignment], kept: Collection[Assignment], names: Names, language: str) -> str:
    said = [
        f"{span(row.start, row.end)} {place(row.kind, row.code, row.post_code, language, names)}"
        for row in rows
        if row not in kept
    ]
    return listed(said, language)


def _hours(rows: Iterable[Assignment], names: Names, language: str) -> str:
    """`08:30–17:00 teller, opening`."""
    work = [row for row in rows if row.kind != "break"]
    if not work:
        return say("word.off", language)
    duties = (place("duty", row.code, "", language, names) for row in work if row.kind == "duty")
    posts = (names.post(row.post_code or row.code, language) for row in work if row.kind != "duty")
    said = listed(list(dict.fromkeys([*posts, *duties])), language)
    return f"{span(work[0].start, max(row.end for row in work))} {said}"


def _measured(rows: Iterable[Row], measure: str) -> float | None:
    """The day's own figure of the hall as a whole."""
    found = [r for r in rows if r["service_code"] == "" and r["slot_start"] is None and r["measure"] == measure]
    return float(found[0]["value"]) if found and found[0]["value"] is not None else None


def _arrival(page: TodayPage, found: ProposalShown, language: str) -> str:
    """What customers wait until the first who comes or comes earlier is there; empty where nobody does."""
    arrives = found.arrives
    if arrives is None or found.answer is None:
        return ""
    slots = [r for r in found.answer["proof_after"] if r["service_code"] == "" and r["measure"] == "wait_p90"]
    waits = [
        float(row["value"]) for row in slots
        if row["slot_start"] and row["value"] is not None and parse_minutes(row["slot_start"]) < arrives
        and parse_minutes(row["slot_start"]) >= page.minute // 30 * 30
    ]  # fmt: skip
    return say("today.until_arrival", language, arrives=arrives, p90=max(waits)) if waits else ""
