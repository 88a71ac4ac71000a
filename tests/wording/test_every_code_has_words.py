"""Every code that people may come to read has a sentence in both languages."""

import re

import pytest

from bankhall.apps.access.rules import ACTIONS
from bankhall.apps.rosters.states import STEPS, RosterState
from bankhall.apps.runs.rules import kinds
from bankhall.apps.runs.states import RunState
from bankhall.kernel.business_calendar import DAY_KINDS
from bankhall.kernel.scope import ROLES
from bankhall.wording.catalogue import CATALOGUE
from bankhall.wording.say import say
from tests.wording import codes

CHINESE = re.compile(r"[\u4e00-\u9fff]")
TECHNICAL = {"site.found", "chart.bar", "finding.short", "why.stands"}
"""Sentences that are made of facts alone."""

NEEDED: dict[str, set[str]] = {
    "error": codes.error_codes(),
    "note": codes.note_codes(),
    "rejection": codes.rejection_codes(),
    "act": codes.act_names(),
    "fault": codes.fault_codes(),
    "why": codes.why_codes(),
    "rule": codes.rule_codes(),
    "breach": codes.breach_codes(),
    "conflict": codes.rule_codes(),
    "kind": {kind.name for kind in kinds() if not kind.name.startswith("tests_")},
    "role": set(ROLES),
    "state.roster": {str(state) for state in RosterState} | {"none", "infeasible"},
    "state.run": {str(state) for state in RunState},
    "move": set(STEPS),
    "did": set(STEPS),
    "word": set(DAY_KINDS),
}


def test_the_collector_finds_codes() -> None:
    assert {"roster_changed_meanwhile", "file_empty", "branch_out_of_scope"} <= NEEDED["error"]
    assert {"no_start_times", "history_short"} <= NEEDED["note"]
    assert "unknown_reference" in NEEDED["rejection"]
    assert "identity.sign_in" in NEEDED["act"]
    assert {"overtime_day", "window_shut", "certificate_valid"} <= NEEDED["breach"]
    assert len(ACTIONS) > 10


@pytest.mark.parametrize("family", sorted(NEEDED))
def test_no_code_is_without_words(family: str) -> None:
    missing = sorted(code for code in NEEDED[family] if f"{family}.{code}" not in CATALOGUE)
    assert not missing


def test_every_error_is_raised_with_the_facts_that_its_sentence_names() -> None:
    sentences = {code.removeprefix("error."): text.en for code, text in CATALOGUE.items() if code.startswith("error.")}
    assert codes.facts_left_out(sentences) == {}


def test_both_sides_are_written_each_in_its_language() -> None:
    assert not [code for code, text in CATALOGUE.items() if CHINESE.search(text.en) or not text.en.strip()]
    assert not [code for code, text in CATALOGUE.items() if not CHINESE.search(text.zh) and code not in TECHNICAL]


def test_both_sides_fill_the_same_facts() -> None:
    def names(side: str) -> set[str]:
        return set(re.findall(r"\{(\w+)", side))

    assert not [code for code, text in CATALOGUE.items() if names(text.zh) != names(text.en)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_sentence_without_its_facts_still_reads(language: str) -> None:
    for code in CATALOGUE:
        said = say(code, language)
        assert said
        assert "{" not in said
        assert "None" not in said


def test_chinese_uses_chinese_punctuation() -> None:
    half = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]")
    assert not [code for code, text in CATALOGUE.items() if half.search(text.zh)]


def test_no_word_that_the_house_avoids() -> None:
    avoided = re.compile(r"异常|优化|赋能|用户|系统错误")
    english = re.compile(r"\b(anomaly|leverage|utilise|oops)\b|!", re.IGNORECASE)
    assert not [code for code, text in CATALOGUE.items() if avoided.search(text.zh) or english.search(text.en)]
