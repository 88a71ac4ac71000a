"""Versions that were published on their own day and wait for a supervisor: beside the plan and beside today."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bankhall.apps.rosters.queries.today import ReviewLine
from bankhall.wording.figures import moment
from bankhall.wording.say import say


def reviews_shown(lines: Iterable[ReviewLine], language: str) -> list[dict[str, Any]]:
    """Versions that wait for a supervisor."""
    return [
        {
            "version": line.ref.version, "by": line.by_name.read(language),
            "at": moment(timezone.localtime(line.at), language),
            "reason": line.reason, "may": line.may,
            "why_not": say("error.own_publication", language) if line.why_not == "own_publication" else "",
            "url": reverse("today-review", args=[line.ref.branch_code, str(line.ref.week), line.ref.version]),
        }
        for line in lines
    ]  # fmt: skip
