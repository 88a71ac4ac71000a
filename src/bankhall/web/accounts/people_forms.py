"""What the administrator fills in."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bankhall.apps.access.actions import NewAccount
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import ROLES, Role
from bankhall.web.ui.lang import language
from bankhall.wording.say import say


@dataclass(frozen=True, slots=True)
class GrantWish:
    """A role over a node, on days."""

    role: Role
    node_code: str
    valid_from: date
    valid_until: date | None


def role_choices() -> list[tuple[str, str]]:
    """The roles in the reader's language."""
    return [(role, say(f"role.{role}", language())) for role in ROLES]


class SecretField(forms.CharField):
    """A password for somebody: never filled in again by the browser."""

    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class DayField(forms.DateField):
    """A date, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"})


class AccountForm(forms.Form):
    """A new account."""

    username = forms.RegexField(r"^[\w.@-]+$", label=_("User name"), max_length=60)
    password = SecretField(label=_("First password"), max_length=200, strip=False)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    staff_no = forms.CharField(label=_("Staff number"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def account(self) -> NewAccount:
        """The values of a valid form."""
        said = self.cleaned_data
        name = Bilingual(said["name_zh"], said["name_en"])
        return NewAccount(said["username"], said["password"], name, said["staff_no"], said["language"])


class GrantForm(forms.Form):
    """A role, where, from when until when."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices)
    node_code = forms.CharField(label=_("Branch, region or head office (code)"), max_length=40)
    valid_from = DayField(label=_("From"))
    valid_until = DayField(label=_("Until (empty: for good)"), required=False)

    def wish(self) -> GrantWish:
        """The values of a valid form."""
        said = self.cleaned_data
        return GrantWish(cast("Role", said["role"]), said["node_code"], said["valid_from"], said["valid_until"])


class EndForm(forms.Form):
    """The last day on which a grant holds."""

    last_day = DayField(label=_("Last day"))

    def day(self) -> date:
        """The value of a valid form."""
        return cast("date", self.cleaned_data["last_day"])


class NewPasswordForm(forms.Form):
    """A password for somebody else."""

    password = SecretField(label=_("New password"), max_length=200, strip=False)

    def value(self) -> str:
        """The value of a valid form."""
        return str(self.cleaned_data["password"])
