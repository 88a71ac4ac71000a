"""Every code with its words, put together from one module for each family of codes. No code stands twice."""

from collections.abc import Mapping

from bankhall.kernel.bilingual import Bilingual
from bankhall.wording import (
    charts,
    counts,
    day,
    errors,
    findings,
    imports,
    metrics,
    notes,
    notices,
    pace,
    plan_errors,
    rules,
    runs,
    site,
    states,
    today,
    what_if,
    why_me,
    words,
    year,
)

Words = Mapping[str, tuple[str, str]]

FAMILIES: Mapping[str, Words] = {
    "rule": rules.RULES,
    "breach": rules.BREACHES,
    "why": {**rules.REASONS, **why_me.REASONS},
    "conflict": rules.CONFLICTS,
    "error": {**errors.ERRORS, **plan_errors.ERRORS, **imports.ERRORS, **today.ERRORS, **year.ERRORS},
    "rejection": imports.REJECTIONS,
    "note": {**notes.NOTES, **imports.NOTES, **imports.ALLOWS, **what_if.NOTES},
    "effect": notes.EFFECTS,
    "finding": findings.FINDINGS,
    "notice": notices.NOTICES,
    "one_day": notices.ONE_DAY,
    "group": notices.GROUPS,
    "settled": notices.SETTLED,
    "mail": notices.MAIL,
    "topic": notices.TOPICS,
    "always": notices.KIND_NAMES,
    "channel": notices.CHANNELS,
    "state": {**states.STATES, **today.STATES, **year.STATES},
    "move": states.MOVES,
    "ask": states.QUESTIONS,
    "did": {**states.DONE, **today.DONE},
    "done": states.TOASTS,
    "awaits": states.AWAITS,
    "act": {**states.ACTS, **today.ACTS, **year.ACTS},
    "subject": {**states.SUBJECTS, **today.SUBJECTS, **year.SUBJECTS},
    "fault": states.FAULTS,
    "progress": {**states.PROGRESS, **today.PROGRESS},
    "kind": {**runs.KINDS, **today.KINDS},
    "timetable": runs.TIMETABLE,
    "role": words.ROLES,
    "word": words.WORDS,
    "metric": metrics.METRICS,
    "chart": charts.CHARTS,
    "what_if": what_if.QUESTIONS,
    "compare": what_if.COMPARED,
    "site": site.SITE,
    "day": day.DAY,
    "count": counts.COUNTS,
    "today": today.TODAY,
    "year": year.YEAR,
    "pace": pace.PACE,
}


def _collect() -> dict[str, Bilingual]:
    return {
        f"{family}.{code}": Bilingual(zh, en) for family, codes in FAMILIES.items() for code, (zh, en) in codes.items()
    }


CATALOGUE: Mapping[str, Bilingual] = _collect()
