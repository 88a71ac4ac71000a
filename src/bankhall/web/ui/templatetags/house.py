"""Template tags: icons, state chips, words of the catalogue, charts and figures."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bankhall.web.ui.chips import chip_class
from bankhall.web.ui.lang import language
from bankhall.wording import figures
from bankhall.wording.say import say as say_words
from bankhall.wording.say import word

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; decoration beside words."""
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def say(code: str, **facts: object) -> str:
    """Words of a code in the reader's language."""
    return say_words(code, language(), **facts)


@register.simple_tag
def say_move(step: str) -> str:
    """What a button that takes a step says."""
    return say_words(f"move.{step}", language())


@register.simple_tag
def say_word(code: str) -> str:
    """A code that a bank may have named itself: our words, else the code."""
    return word(code, language())


@register.simple_tag
def chip(kind: str, state: str, *, box: bool = False, note: str = "") -> SafeString:
    """A state: shape and word, never colour alone."""
    words = say_words(f"state.{kind}.{state}", language()) + note
    return format_html('<span class="chip {}{}">{}</span>', chip_class(kind, state), " box" if box else "", words)


@register.simple_tag
def drawn(svg: str) -> SafeString:
    """A chart: our own drawing, its text escaped by the pen."""
    return mark_safe(svg)  # noqa: S308 - made by charts.pen, which escapes every word


@register.filter
def day(value: date) -> str:
    """`Tue 1 Dec`."""
    return figures.day_title(value, language())


@register.filter
def date_words(value: date) -> str:
    """`1 Dec`."""
    return figures.month_day(value, language())


@register.filter
def moment(value: datetime) -> str:
    """An instant in the current zone."""
    return figures.moment(timezone.localtime(value), language())


@register.filter
def whole(value: float | None) -> str:
    """`12,167`."""
    return figures.whole(value)


@register.filter
def one(value: float | None) -> str:
    """`2.5`."""
    return figures.one(value)


@register.filter
def percent(value: float | None) -> str:
    """`92%`."""
    return figures.percent(value)


@register.filter
def percent_one(value: float | None) -> str:
    """`18.6%`."""
    return figures.percent_one(value)


@register.filter
def bilingual(value: Any) -> str:
    """The reader's side of a text in both languages."""
    return str(value.read(language())) if value else ""
