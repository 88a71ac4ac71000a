"""Rows into the science's questions, and what a request would make of a week."""

from bankhall.apps.rosters.problems.lived import attendance_question, day_question, in_force
from bankhall.apps.rosters.problems.questions import (
    branch_week_of,
    issue_question,
    lend_question,
    lent_of,
    measure_question,
    plan_question,
    problem_of,
    proof_question,
    replan_question,
    season_question,
    speeds_question,
    what_if_question,
)

__all__ = [
    "attendance_question", "branch_week_of", "day_question", "in_force", "issue_question", "lend_question", "lent_of",
    "measure_question", "plan_question", "problem_of", "proof_question", "replan_question", "season_question",
    "speeds_question", "what_if_question",
]  # fmt: skip
