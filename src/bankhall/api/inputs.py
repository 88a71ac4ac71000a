"""What a caller may hand in: codes, days and texts within reach, so that whatever else comes is 422, nothing worse."""

from datetime import date
from typing import Annotated, Any

from ninja import Path, Query, Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from bankhall.api.shapes import WEEK
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.kernel.week import Week

FIRST_YEAR, LAST_YEAR = 2000, 2099
NOTHING_HIDDEN = r"^[^\x00-\x1f\x7f/\\]+$"


def _in_reach(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    return day


CodeText = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=NOTHING_HIDDEN)]
MaybeCode = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]
Words = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
WeekText = Annotated[str, StringConstraints(pattern=WEEK)]
Day = Annotated[date, AfterValidator(_in_reach)]
Minute = Annotated[int, Field(ge=0, le=1440)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]

BranchPath = Annotated[CodeText, Path(description="A branch's code.")]
WeekPath = Annotated[WeekText, Path(description="An ISO week, for example 2026-W49.")]
NumberPath = Annotated[Number, Path()]
PageNumber = Annotated[int, Query(ge=1, le=100_000, description="From 1.")]
PageSize = Annotated[int, Query(ge=1, le=200)]
Before = Annotated[
    int, Query(ge=0, le=2**31 - 1, description="The `before` of the answer that came last; 0 begins with the newest.")
]


class Body(Schema):
    """Base of what is sent: a field that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


class Edition(Body):
    """The version, and the edit of it that the caller saw: an older one is refused with 409."""

    version: Number
    edit: Count


class Reasoned(Body):
    """The reason, which those concerned read."""

    reason: Words = ""


def ref_of(branch_code: str, week: str, seen: Edition) -> RosterRef:
    """The version as the actions name it."""
    return RosterRef(branch_code, Week.parse(week), seen.version, seen.edit)


class Queued(Schema):
    """A run was queued; ask `/runs/{run_id}` how far it is."""

    run_id: int


class Done(Schema):
    """It was done."""

    done: bool = True


DONE: dict[str, Any] = {"done": True}
