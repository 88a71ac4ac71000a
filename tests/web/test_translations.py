"""The catalogues are complete, and the check that says so fails when they are not."""

import polib
from tools import translations


def test_catalogues_are_complete() -> None:
    found = translations.extracted()
    assert len(found) > 100
    assert [fault for language in translations.LANGUAGES for fault in translations.faults(language, found)] == []
    assert list(translations.wording_faults()) == []


def test_a_missing_text_is_a_fault() -> None:
    found = translations.extracted() | {"Nobody wrote this": ("", ["x"])}
    assert any("Nobody wrote this" in fault for fault in translations.faults("zh_Hans", found))


def test_an_unused_text_is_a_fault() -> None:
    found = translations.extracted()
    found.pop("Sign in")
    assert any("no longer used" in fault for fault in translations.faults("zh_Hans", found))


def test_other_placeholders_are_seen() -> None:
    assert translations.placeholders("%(n)d rows") != translations.placeholders("%(n)s rows")


def test_python_and_templates_are_both_read() -> None:
    assert set(translations.texts_of_python('x = _("one")\ny = ngettext("%(n)s row", "%(n)s rows", 2)')) == {
        ("one", ""), ("%(n)s row", "%(n)s rows"),
    }  # fmt: skip


def test_english_fills_itself() -> None:
    english = polib.pofile(str(translations.LOCALE / "en" / "LC_MESSAGES" / "django.po"))
    assert all(entry.msgstr for entry in english)
