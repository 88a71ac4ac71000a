"""Where Chromium is: the machine's own, or the one that BANKHALL_CHROMIUM names."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = "no Chromium found: install it (Debian: apt-get install chromium fonts-noto-cjk) or set BANKHALL_CHROMIUM"


def find_chromium() -> str:
    """Its path, or nothing."""
    named = os.environ.get("BANKHALL_CHROMIUM", "")
    return named or next((found for name in NAMES if (found := shutil.which(name))), "")


def chromium_or_skip() -> str:
    """Its path; a clear skip without one, a failure where one is required."""
    path = find_chromium()
    if path:
        return path
    if os.environ.get("BANKHALL_REQUIRE_CHROMIUM") == "1":
        pytest.fail(ADVICE)
    pytest.skip(ADVICE)
