"""The rehearsal goes through everything that is compiled for a plan."""

from bankhall.analytics.planning.rehearsal import rehearse


def test_a_made_up_week_is_required_rostered_and_proved() -> None:
    answer = rehearse()
    assert answer.roster.status == "feasible"
    assert answer.requirement.rows
    assert any(row.measure == "wait_p90" and row.value is not None for row in answer.proof)
