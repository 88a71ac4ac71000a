"""The rehearsal goes through everything that is compiled for a plan and for a mended one."""

from bankhall.analytics.planning.rehearsal import rehearse, rehearse_mending


def test_a_made_up_week_is_required_rostered_and_proved() -> None:
    answer = rehearse()
    assert answer.roster.status == "feasible"
    assert answer.requirement.rows
    assert any(row.measure == "wait_p90" and row.value is not None for row in answer.proof)


def test_the_made_up_week_is_mended_after_an_illness() -> None:
    found = rehearse_mending(rehearse())
    assert found.lawful
    assert found.uncovered
    assert found.changed
