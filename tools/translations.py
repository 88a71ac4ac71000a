"""Extracts what people read into the catalogues, and checks that both languages are complete. No gettext is needed.

`translations.py` merges new texts into src/bankhall/locale/*/LC_MESSAGES/django.po and compiles them, `--compile` only
compiles. `--check` fails when a text is missing or fuzzy, when its placeholders differ, when a text is no longer used,
or when a sentence of `wording` lacks a side. The keys are English, so English fills itself; Chinese is written by hand.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "bankhall"
LOCALE = SOURCE / "locale"
LANGUAGES = ("en", "zh_Hans")
KEYWORDS = ("_", "gettext", "gettext_lazy", "ngettext", "pgettext", "gettext_noop", "npgettext")
PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])|\{(\w+)[^}]*\}")
Text = tuple[str, str]
"""A text and its plural form, or nothing."""


def texts_of_python(source: str) -> Iterator[Text]:
    """Every translated string of one Python source."""
    for _line, _function, messages, _comments in extract_python(
        io.BytesIO(source.encode()), KEYWORDS, (), {"encoding": "utf-8"}
    ):
        parts = [messages] if isinstance(messages, str) else [m for m in messages if isinstance(m, str)]
        if parts:
            yield parts[0], parts[1] if len(parts) > 1 else ""


def extracted() -> dict[str, tuple[str, list[str]]]:
    """Text -> (plural, the files that use it), from the faces' Python and templates."""
    found: dict[str, tuple[str, list[str]]] = {}
    for path in sorted(SOURCE.rglob("*.py")) + sorted(SOURCE.rglob("templates/**/*.html")):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        text = templatize(source, origin=str(path)) if path.suffix == ".html" else source
        for msgid, plural in texts_of_python(text):
            _, places = found.setdefault(msgid, (plural, []))
            place = str(path.relative_to(ROOT))
            if place not in places:
                places.append(place)
    return found


def catalogue(language: str) -> polib.POFile:
    """The catalogue of a language, empty when there is none yet."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    fresh = polib.POFile(wrapwidth=0)
    plural = "nplurals=1; plural=0;" if language == "zh_Hans" else "nplurals=2; plural=(n != 1);"
    fresh.metadata = {
        "Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit", "Language": language,
        "Plural-Forms": plural,
    }  # fmt: skip
    fresh.fpath = str(path)
    return fresh


def merge(language: str, found: dict[str, tuple[str, list[str]]]) -> polib.POFile:
    """The catalogue with the texts of today: new ones added, unused ones dropped, in order."""
    old = {entry.msgid: entry for entry in catalogue(language)}
    fresh = catalogue(language)
    fresh.clear()
    for msgid, (plural, places) in sorted(found.items()):
        entry = old.get(msgid) or polib.POEntry(msgid=msgid)
        entry.occurrences = [(place, "") for place in places]
        entry.flags = ["python-format"] if "%(" in msgid else []
        if plural:
            entry.msgid_plural = plural
        if language == "en":
            _fill_english(entry)
        fresh.append(entry)
    return fresh


def _fill_english(entry: polib.POEntry) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
    else:
        entry.msgstr = entry.msgstr or entry.msgid


def save(found: dict[str, tuple[str, list[str]]]) -> None:
    """Writes both catalogues."""
    for language in LANGUAGES:
        merged = merge(language, found)
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        merged.save(str(path))


def compile_all() -> None:
    """Every catalogue becomes the .mo that Django reads."""
    for source in sorted(LOCALE.rglob("*.po")):
        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))


def placeholders(text: str) -> list[tuple[str, ...]]:
    """The holes of a text, whatever their order."""
    return sorted(match.groups() for match in PLACEHOLDER.finditer(text))


def faults(language: str, found: dict[str, tuple[str, list[str]]]) -> Iterator[str]:
    """What is wrong with one language's catalogue."""
    entries = {entry.msgid: entry for entry in catalogue(language)}
    for msgid in found.keys() - entries.keys():
        yield f"{language}: not in the catalogue: {msgid!r}"
    for msgid in entries.keys() - found.keys():
        yield f"{language}: no longer used: {msgid!r}"
    for msgid, entry in entries.items():
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy or not all(texts) or not texts:
            yield f"{language}: not translated: {msgid!r}"
            continue
        allowed = (placeholders(msgid), placeholders(entry.msgid_plural or msgid))
        for text in texts:
            if placeholders(text) not in allowed:
                yield f"{language}: other placeholders: {msgid!r} -> {text!r}"


def wording_faults() -> Iterator[str]:
    """Sentences of the wording catalogue that lack a side or fill different facts."""
    from bankhall.wording.catalogue import CATALOGUE

    for code, text in CATALOGUE.items():
        if not (text.zh.strip() and text.en.strip()):
            yield f"wording: {code} lacks a side"
        names = [sorted(set(re.findall(r"\{(\w+)", side))) for side in (text.zh, text.en)]
        if names[0] != names[1]:
            yield f"wording: {code} fills {names[0]} in Chinese, {names[1]} in English"


def main() -> int:
    """Extract and compile, or check."""
    settings.configure(USE_I18N=True)
    if "--compile" in sys.argv:
        compile_all()
        return 0
    found = extracted()
    if "--check" in sys.argv:
        wrong = [fault for language in LANGUAGES for fault in faults(language, found)] + list(wording_faults())
        print("\n".join(wrong))
        return int(bool(wrong))
    save(found)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
