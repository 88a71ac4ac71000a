"""Nothing inline, nothing from elsewhere, nothing kept by shared caches."""

import pytest
from django.http import HttpRequest, HttpResponse

from bankhall.config.headers import POLICY, ContentSecurity


def answered(response: HttpResponse) -> HttpResponse:
    return ContentSecurity(lambda _: response)(HttpRequest())


def test_the_policy_allows_our_own_files_only() -> None:
    policy = answered(HttpResponse())["Content-Security-Policy"]
    assert policy == POLICY
    assert "default-src 'none'" in policy
    assert not any(word in policy for word in ("unsafe", "http:", "https:", "*"))


@pytest.mark.parametrize("directive", ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"])
def test_what_default_does_not_cover_is_named(directive: str) -> None:
    assert directive in POLICY


def test_pages_are_private_unless_they_say_otherwise() -> None:
    assert answered(HttpResponse())["Cache-Control"] == "private, no-store"
    public = HttpResponse()
    public["Cache-Control"] = "max-age=60"
    assert answered(public)["Cache-Control"] == "max-age=60"
