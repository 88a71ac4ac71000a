"""The first page after signing in, by role; and the page of parts that the browser tests photograph."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bankhall.apps.access.queries import Action
from bankhall.web.ui.visitor import visitor


def home(request: HttpRequest) -> HttpResponse:
    """Who plans starts at the network, who imports at the records, who is rostered at the own week."""
    who = visitor(request)
    order: tuple[tuple[Action, str], ...] = (
        ("see_network", "network"),
        ("see_records", "imports"),
        ("see_own_roster", "my-roster"),
        ("see_audit", "trail"),
        ("manage_users", "people"),
    )
    for action, page in order:
        if who.may(action):
            return redirect(page)
    return redirect("parts")


def parts(request: HttpRequest) -> HttpResponse:
    """Every part in every state, in the reader's language."""
    return render(request, "ui/templates/parts.html", {"station": ""})
