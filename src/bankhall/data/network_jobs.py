"""The jobs of one branch as a whole network runs them: a branch that cannot be computed says why and stops no other."""

from collections.abc import Callable, Mapping
from typing import Any

from bankhall.data.measure_jobs import measure_branch_job
from bankhall.data.plan_jobs import plan_branch_job
from bankhall.kernel.errors import BankhallError

Plain = dict[str, Any]
Tell = Callable[[int, str], None]
Job = Callable[[Mapping[str, Any], Tell], Plain]


def plan_or_say(question: Mapping[str, Any], progress: Tell) -> Plain:
    """`{"answer": …}` of the plan job, or `{"failed": code}` for records that do not suffice."""
    return _or_say(plan_branch_job, question, progress)


def measure_or_say(question: Mapping[str, Any], progress: Tell) -> Plain:
    """`{"answer": …}` of the measuring job, or `{"failed": code}`."""
    return _or_say(measure_branch_job, question, progress)


def _or_say(job: Job, question: Mapping[str, Any], progress: Tell) -> Plain:
    try:
        return {"answer": job(question, progress)}
    except BankhallError as error:
        return {"failed": error.code}
