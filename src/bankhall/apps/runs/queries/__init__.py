"""What is asked of runs and of the timetable."""

from bankhall.apps.runs.queries.standing import (
    RunList,
    RunPage,
    answer_of,
    ends_of,
    kinds,
    open_run,
    question_of,
    run_list,
    run_page,
    runs,
)
from bankhall.apps.runs.queries.timetable import Hour, Planned, hours, timetable

__all__ = [
    "Hour", "Planned", "RunList", "RunPage", "answer_of", "ends_of", "hours", "kinds", "open_run", "question_of",
    "run_list", "run_page", "runs", "timetable",
]  # fmt: skip
