"""Asks every page of the demo once, in both languages, as each role that may see it; says which did not answer."""

import logging
import sys
from collections.abc import Iterator

# fmt: off
PAGES = ("/", "/records/", "/network/", "/forecast/{branch}/", "/plan/{branch}/{week}/",
         "/plan/{branch}/{week}/print/", "/plan/{branch}/{week}/slips/", "/plan/{branch}/{week}/roster.csv",
         "/plan/{branch}/{week}/roster.xlsx", "/my/roster/", "/my/roster.ics",
         "/my/notices/", "/my/notices/settings/",
         "/requests/{branch}/year/", "/findings/", "/day/{branch}/",
         "/day/{branch}/?day=2026-11-20&at=11:00", "/attendance/{branch}/",
         "/attendance/{branch}/?week=2026-W47", "/calendar/", "/rules/", "/trail/",
         "/runs/", "/today/{branch}/", "/parts/")
# fmt: on
LANGUAGES = ("zh-hans", "en")
FINE = (200, 302, 403)
"""403 is the right answer to a role that may not see the page; the page then says so in words."""


def check_pages() -> int:
    """0 when every page answered every role in both languages, and each page answered somebody with its content."""
    from bankhall.cli.serve import collect_static
    from bankhall.cli.site import open_site

    open_site()
    collect_static()
    logging.getLogger("django.request").setLevel(logging.ERROR)  # refusals are answers here
    asked, bad, shown = 0, 0, set()
    for role, language, page, status in answers():
        asked += 1
        if status == 200:
            shown.add((page, language))
        if status not in FINE:
            bad += 1
            print(f"{status} {page} as {role} in {language}", file=sys.stderr)
    unseen = {(page, language) for page in PAGES for language in LANGUAGES} - shown - {("/", "zh-hans"), ("/", "en")}
    for page, language in sorted(unseen):
        print(f"nobody saw {page} in {language}", file=sys.stderr)
    print(f"{asked} answers, {bad} bad, {len(shown)} pages shown")
    return int(bool(bad or unseen))


def answers() -> Iterator[tuple[str, str, str, int]]:
    """Role, language, page and status, through the whole stack of the web server but the socket."""
    from django.test import Client

    from bankhall.cli.demo_accounts import demo_accounts
    from bankhall.cli.demo_bank import WEEK

    for account in demo_accounts():
        client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        client.post("/sign-in/", {"username": account.username, "password": account.password})
        for language in LANGUAGES:
            client.cookies["django_language"] = language
            for page in PAGES:
                address = page.format(branch="B01", week=WEEK)
                yield account.role, language, page, client.get(address).status_code
