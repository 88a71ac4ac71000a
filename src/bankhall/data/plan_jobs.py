"""The job that plans one branch's week: plain question in, plain answer out, no Django.

It runs in a worker's child process, in the process pool of the command line, or on a cluster.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from bankhall.analytics.planning.plan import plan_branch
from bankhall.analytics.planning.question import PlanAnswer, PlanQuestion
from bankhall.analytics.planning.rehearsal import rehearse, rehearse_mending
from bankhall.data.planning.answer import plain_answer
from bankhall.data.planning.question import PlanRequest
from bankhall.kernel.plain import to_plain

Report = Callable[[int, str], None]


def silent(per_cent: int, step: str) -> None:
    """Tells nobody."""


def plan_branch_job(question: Mapping[str, Any], progress: Report = silent) -> dict[str, Any]:
    """Reads the records, composes the plan, answers in exchange rows. `made_at` is the as-of instant."""
    progress(1, "records")
    return planned(PlanRequest(question), progress)


def planned(request: PlanRequest, progress: Report = silent) -> dict[str, Any]:
    """The answer to a question that may share what it reads with another."""
    asked = request.read()
    progress(15, "requirement")
    answer = plan_branch(asked, lambda share, step: progress(15 + int(84 * share), step))
    request.keep_requirement(asked, answer.requirement)
    made_at = request.plain.get("made_at") or f"{request.as_of.isoformat()}T00:00:00+00:00"
    return plain_answer(asked, answer, made_at=made_at, inputs_hash=inputs_hash(asked, answer))


def rehearse_job(question: Mapping[str, Any], progress: Report) -> dict[str, Any]:
    """Compiles whatever planning and mending need; its answer says only that it went through."""
    del question, progress
    planned = rehearse()
    return {"status": planned.roster.status, "mended": rehearse_mending(planned).lawful}


def inputs_hash(asked: PlanQuestion, answer: PlanAnswer) -> str:
    """Of everything the roster and its proof depend on: reference records, forecast, fits, speeds, requirement, past
    and locked work, effort and seed. The same whether the requirement was known or had to be found."""
    told = [
        [asked.branch_code, str(asked.week), asked.seed],
        to_plain(asked.bank),
        to_plain(asked.forecast.rows("")),
        to_plain(asked.fits),
        dict(asked.speeds),
        to_plain((asked.past, asked.locked, answer.requirement.rows, asked.effort)),
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
