"""The one door of wording: a code and its facts become a sentence.

Facts fill the braces of the sentence; a format word says how a fact reads (`{start:clock}`, `{minutes:hours}`), and
the number chooses of a pair of words (`{n} {n:gap|gaps}`). A fact that is missing reads as a dash, a code without words
reads as itself in brackets: a test keeps that from happening.
"""

import ast
import re
import string
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.week import Week
from bankhall.wording import figures
from bankhall.wording.catalogue import CATALOGUE

Format = Callable[[Any, str], str]
BEGIN, END, HAN = "\x01", "\x02", "[\u4e00-\u9fff]"
LOOSE = re.compile(f"(?<={HAN}) {BEGIN}(?={HAN})|(?<={HAN}){END} (?={HAN})|[{BEGIN}{END}]")
"""A Chinese sentence sets its figures off by spaces; where the fact itself is Chinese at that side there is none."""


def _date_of(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _minute(value: int | str) -> str:
    return value if isinstance(value, str) and ":" in value else figures.clock(int(value))


def _week(value: str, language: str) -> str:
    try:
        return figures.week_span(Week.parse(str(value)), language)
    except BankhallError:
        return str(value)


def _act(value: Any, language: str) -> str:
    """Who did what last, and when: `王敏，11-30 08:02，接班`."""
    comma = "，" if figures.side(language) == "zh" else ", "
    return comma.join((value.who, figures.moment(value.at, language), word(value.act, language)))


FORMATS: Mapping[str, Format] = {
    "act": _act,
    "clock": lambda value, _: _minute(value),
    "day": lambda value, language: figures.day_title(_date_of(value), language),
    "date": lambda value, language: figures.month_day(_date_of(value), language),
    "hours": lambda value, language: figures.hours(float(value), language),
    "minutes": lambda value, language: figures.minutes_of(float(value), language),
    "whole": lambda value, _: figures.whole(float(value)),
    "one": lambda value, _: figures.one(float(value)),
    "percent": lambda value, _: figures.percent(float(value)),
    "yuan": lambda value, _: figures.yuan(float(value)),
    "week": _week,
    "word": lambda value, language: word(str(value), language),
}


def _by_number(value: object, one: str, many: str) -> str:
    """English has two forms; a number written with separators counts as many."""
    return one if str(value) in ("1", "1.0") else many


class _Filler(string.Formatter):
    """Fills a sentence; never fails on a fact that is missing or of another type."""

    def __init__(self, language: str) -> None:
        self.language = language

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:  # noqa: ARG002
        return kwargs.get(str(key))

    def format_field(self, value: Any, format_spec: str) -> str:
        text = self.read(value, format_spec)
        return f"{BEGIN}{text}{END}" if figures.side(self.language) == "zh" else text

    def read(self, value: Any, format_spec: str) -> str:
        """A fact as its format word says."""
        if value is None or value == "":
            return figures.NOTHING
        if "|" in format_spec:
            return _by_number(value, *format_spec.split("|"))
        if format_spec in FORMATS:
            try:
                return FORMATS[format_spec](value, self.language)
            except (AttributeError, ValueError, TypeError):
                return self.plain(value)
        return self.plain(value)

    def plain(self, value: Any) -> str:
        """A fact as it is: lists are listed, dates read as dates, whole floats lose their zero."""
        if isinstance(value, datetime):
            return figures.moment(value, self.language)
        if isinstance(value, date):
            return figures.month_day(value, self.language)
        if isinstance(value, list | tuple | set | frozenset):
            return figures.listed([str(item) for item in value], self.language)
        if isinstance(value, float):
            return figures.one(value)
        return str(value)


def say(code: str, language: str, /, **facts: object) -> str:
    """The sentence of a code in a language (`zh-hans`, `en`), filled with facts."""
    found = CATALOGUE.get(code)
    if found is None:
        return f"[{code}]"
    return fill(found.read(language), language, facts)


def fill(sentence: str, language: str, facts: Mapping[str, object]) -> str:
    """A sentence of one's own (a duty's name, a page's label) filled with facts."""
    return LOOSE.sub("", _Filler(language).vformat(sentence, (), facts))


def known(code: str) -> bool:
    """Whether a code has words."""
    return code in CATALOGUE


def codes_saying(family: str, text: str) -> tuple[str, ...]:
    """A family's codes whose words, in either language, have a text in them; a code's own name finds it too."""
    sought, start = text.casefold(), f"{family}."
    found = (code for code in CATALOGUE if code.startswith(start))
    return tuple(
        code.removeprefix(start) for code in found
        if any(sought in said.casefold() for said in (code, CATALOGUE[code].zh, CATALOGUE[code].en))
    )  # fmt: skip


def word(code: str, language: str) -> str:
    """A code's words when it has any, else the code itself: for values that a bank may name freely."""
    found = CATALOGUE.get(code) or CATALOGUE.get(f"word.{code}")
    return found.read(language) if found else code


def pair(code: str, /, **facts: object) -> Bilingual:
    """Both languages at once, for files that carry both."""
    return Bilingual(say(code, "zh-hans", **facts), say(code, "en", **facts))


def say_error(error: BankhallError, language: str) -> str:
    """What a person reads when something was refused: what did not happen, and what to do."""
    return say(f"error.{error.code}", language, **error.facts)


def say_page_error(error: BankhallError, language: str) -> str:
    """The same on a page, where a file is called by its name: its folder is the server's own affair."""
    return say(f"error.{error.code}", language, **_without_folder(error.facts))


def say_reason(reason: str, language: str) -> str:
    """A reason that was kept as an error's text (`CODE: {facts}`), in words; any other text as it stands."""
    code, _, facts = reason.partition(":")
    if not known(f"error.{code.strip()}"):
        return reason
    try:
        told = ast.literal_eval(facts.strip() or "{}")
    except (ValueError, SyntaxError):  # cut off, or facts that are no plain values
        told = {}
    return say(f"error.{code.strip()}", language, **_without_folder(told if isinstance(told, dict) else {}))


def _without_folder(facts: Mapping[str, object]) -> Mapping[str, object]:
    return {name: PurePath(str(fact)).name if name == "file" else fact for name, fact in facts.items()}
