"""The form of the panel "What if" beside the plan."""

from typing import Any

from django.urls import reverse

from bankhall.apps.rosters.queries.pages import PlanPage
from bankhall.kernel.minutes import format_minutes
from bankhall.web.plans.panels import names_of


def panel_of(page: PlanPage, language: str) -> dict[str, Any] | None:
    """What the panel's form offers; None where there is nothing to ask about."""
    if page.ref is None or page.day is None or page.status != "feasible":
        return None
    names, day = names_of(page.names), page.day
    present = {row.post_code for row in day.people if row.post_code}
    posts = dict.fromkeys(code for code in (*page.window_posts, *page.names.posts) if code in present)
    at = [page.branch_code, str(page.week)]
    return {
        "ask_url": reverse("what-ifs", args=at),
        "window_posts": [(code, names.post(code, language)) for code in page.window_posts],
        "posts": [(code, names.post(code, language)) for code in posts],
        "services": [
            (waits.service_code, names.service(waits.service_code, language), waits.promise_minutes)
            for waits in day.waits
        ],
        "start": format_minutes(10 * 60), "end": format_minutes(12 * 60), "day": day.day.date,
    }  # fmt: skip
