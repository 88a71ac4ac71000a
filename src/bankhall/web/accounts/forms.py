"""What the door asks for."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody says they are."""

    username: str
    password: str


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A wish for another password."""

    old: str
    new: str


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def claim(self) -> Claim:
        """The values of a valid form."""
        return Claim(self.cleaned_data["username"], self.cleaned_data["password"])


class PasswordForm(forms.Form):
    """The old password, the new one."""

    old = forms.CharField(
        label=_("Password now"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters, not only digits, not your name."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def wish(self) -> NewPassword:
        """The values of a valid form."""
        return NewPassword(self.cleaned_data["old"], self.cleaned_data["new"])
