"""Under PostgreSQL the tests that start servers of their own are not collected again."""

import os

import pytest

from tests.spec.second_session import SecondSession

OWN_SERVER = ["test_both_stores.py", "test_killed_server.py"]
collect_ignore = OWN_SERVER if os.environ.get("BANKHALL_TEST_STORE") == "postgres" else []
SECOND = pytest.StashKey[SecondSession]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """The tests on PostgreSQL begin with the first of the others, when they are asked for at all."""
    asked = any(item.path.name == "test_both_stores.py" for item in session.items)
    if asked and not session.config.option.collectonly:
        session.config.stash[SECOND] = SecondSession()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing runs on when the tests were broken off."""
    if SECOND in config.stash:
        config.stash[SECOND].stop()


@pytest.fixture
def second_session(pytestconfig: pytest.Config) -> SecondSession:
    return pytestconfig.stash[SECOND]
