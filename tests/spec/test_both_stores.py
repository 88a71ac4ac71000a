"""Everything about rows, by REST too, holds on PostgreSQL: a second session, on a real server, over the same tests."""

import pytest

from tests.spec.second_session import SecondSession


@pytest.mark.slow
def test_spec_and_apps_hold_on_postgresql(second_session: SecondSession) -> None:
    code, said = second_session.end()
    assert code == 0, said[-8000:]
    assert "skipped" not in said
