"""Codes and facts become sentences; figures keep their form."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import BadInput
from bankhall.wording import figures
from bankhall.wording.catalogue import CATALOGUE
from bankhall.wording.say import say, say_error, say_reason, word
from bankhall.wording.sentences import Names, place, say_breach, say_notice

NAMES = Names(
    staff={"S1": Bilingual("许佳")},
    certificates={"c1": Bilingual("反假币资格", "counterfeit-note certificate")},
    duties={"open": Bilingual("开门", "opening")},
)


def test_a_kept_reason_is_said_with_its_facts_and_without_the_servers_folders() -> None:
    kept = str(BadInput("file_damaged", file="/srv/uploads/a1/visits.xlsx", reason="not a .xlsx file"))
    assert say_reason(kept, "en") == "visits.xlsx is damaged; nothing was imported. Export it again"
    assert say_reason(kept[:40], "en").endswith("is damaged; nothing was imported. Export it again")
    assert say_reason("the disk is full", "en") == "the disk is full"


def test_a_breach_names_the_person_the_rule_and_the_time() -> None:
    breach = Breach(
        "certificate_valid", "law_control", "B01", "S1", date(2026, 12, 1), 870, 1020, {}, ("certificate:c1",)
    )
    said = say_breach(breach, "zh-hans", NAMES)
    assert said.title == "许佳没有有效的反假币资格"
    assert said.detail == "持证上岗，12 月 1 日 周二 14:30–17:00"
    assert say_breach(breach, "en", NAMES).title == "许佳 holds no valid counterfeit-note certificate"
    latin = replace(NAMES, staff={"S1": Bilingual("许佳", "Xu Jia")})
    assert say_breach(breach, "en", latin).title == "Xu Jia holds no valid counterfeit-note certificate"


def test_leave_of_one_day_names_one_day() -> None:
    facts = {"who": "S1", "first": "2026-12-01", "last": "2026-12-01", "answer": "agreed"}
    assert say_notice("leave_answered", facts, "en", NAMES) == "Your time off on Tue 1 Dec: agreed by 许佳"
    assert "12 月 1 日至 12 月 2 日休假" in say_notice("leave_asked", facts | {"last": "2026-12-02"}, "zh-hans", NAMES)


def test_overtime_reads_as_hours() -> None:
    breach = Breach("overtime_day", "law_control", "B01", "S1", date(2026, 12, 1), facts={"found": 150, "value": 60})
    assert say_breach(breach, "en", NAMES).title == "许佳: 2.5 h overtime, limit 1 h"


def test_an_error_says_what_happened_and_keeps_its_facts() -> None:
    assert say_error(BadInput("week_unreadable", text="W49"), "en") == '"W49" is not a week; write 2026-W49'


def test_a_code_without_words_is_shown_in_brackets() -> None:
    assert say("error.nobody_wrote_this", "en") == "[error.nobody_wrote_this]"


def test_a_word_of_the_bank_stays_as_it_is() -> None:
    assert word("market_day", "zh-hans") == "market_day"
    assert word("pension_day", "zh-hans") == "养老金日"


@pytest.mark.parametrize(
    ("kind", "code", "zh", "en"),
    [("window", "3", "3 号窗", "Window 3"), ("duty", "open", "开门", "opening"), ("break", "", "休息", "break")],
)
def test_a_place_has_a_name(kind: str, code: str, zh: str, en: str) -> None:
    assert (place(kind, code, "", "zh-hans", NAMES), place(kind, code, "", "en", NAMES)) == (zh, en)


def test_figures_read_as_the_house_writes_them() -> None:
    day = date(2026, 12, 1)
    assert figures.day_title(day, "zh-hans") == "12 月 1 日 周二"
    assert figures.day_title(day, "en") == "Tue 1 Dec"
    assert figures.between(158.6, 251.2) == "159–251"
    assert figures.signed_percent(-0.234) == "−23%"
    assert figures.whole(None) == "–"
    assert figures.moment(datetime(2026, 11, 23, 10, 12), "zh-hans") == "11-23 10:12"
    assert figures.yuan(123456) == "¥1,235"
    assert figures.hours(390, "zh-hans") == "6.5 时"


@pytest.mark.parametrize("code", [code for code, text in CATALOGUE.items() if "|" in text.en])
def test_english_counts_one_thing_in_the_singular(code: str) -> None:
    counted = re.findall(r"\{(\w+):([^|}]*)\|([^}]*)\}", CATALOGUE[code].en)
    for name, one, many in counted:
        assert (one in say(code, "en", **{name: 1})) or one == ""
        assert many in say(code, "en", **{name: 0})
        assert many in say(code, "en", **{name: 2})
        assert one != many


def test_no_english_sentence_counts_without_choosing_its_form() -> None:
    loose = re.compile(r"\{(n|count|days|people|rows|bad|breaches|files|branches)(:whole)?\} (new )?[a-z]+s\b")
    assert not [code for code, text in CATALOGUE.items() if loose.search(text.en)]


def test_a_chinese_sentence_has_spaces_around_figures_and_none_between_chinese() -> None:
    assert say("what_if.ill", "zh-hans", day="2026-12-03", n=2) == "12 月 3 日 周四有 2 人请病假"
    assert say("error.day_cannot_bear", "zh-hans", day="2026-12-03") == "12 月 3 日 周四缺不开人"
    assert say("error.branch", "zh-hans", branch_code="B09") == "没有网点 B09"
    assert say("what_if.ill_named", "zh-hans", day="2026-12-03", who="吕艳") == "12 月 3 日 周四 吕艳请病假"
