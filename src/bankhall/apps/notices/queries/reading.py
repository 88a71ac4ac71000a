"""One's own notices, the newest first. Nobody reads another's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import Count, Q, QuerySet

from bankhall.apps.access.queries import check_may
from bankhall.apps.identity.queries import account_names
from bankhall.apps.network.queries import node_names
from bankhall.apps.notices.models import Notice
from bankhall.apps.notices.states import BRANCHES, PEOPLE, POSTS, Outcome
from bankhall.apps.people import queries as people
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope
from bankhall.kernel.subject import Subject

PAGE = 50
ENDED_BY = "ended_by"
UNREAD = Q(opening=None, settlement=None)


@dataclass(frozen=True, slots=True)
class Settled:
    """How what a notice waited for ended, by whom (a staff number, or an account), and when."""

    outcome: Outcome
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as its reader sees it. `settled` None: it still waits, or never waited for anybody."""

    notice_id: int
    kind: str
    facts: Mapping[str, object]
    subject: Subject
    urgent: bool
    posted_at: datetime
    opened_at: datetime | None
    settled: Settled | None

    @property
    def waits(self) -> bool:
        """Whether the reader has neither opened it nor somebody ended it."""
        return self.opened_at is None and self.settled is None


@dataclass(frozen=True, slots=True)
class Called:
    """What the codes in notices are called."""

    staff: Mapping[str, Bilingual]
    branches: Mapping[str, Bilingual]
    posts: Mapping[str, Bilingual]


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A page of notices, the newest first."""

    lines: tuple[NoticeLine, ...]
    page: int
    pages: int
    unread: int
    called: Called


def my_notices(scope: Scope, *, page: int = 1) -> NoticePage:
    """What the actor was told; six queries at most, however long it is. A page beyond the last is the last."""
    check_may(scope, "see_own_notices")
    rows = own(scope).select_related("opening", "settlement").order_by("-id")
    counted = rows.aggregate(all=Count("id"), unread=Count("id", filter=UNREAD))
    pages = max(1, ceil(counted["all"] / PAGE))
    number = min(page, pages)
    lines = tuple(line_of(row) for row in rows[(number - 1) * PAGE : number * PAGE])
    return NoticePage(lines, number, pages, counted["unread"], called(_named(line) for line in lines))


def my_notice(scope: Scope, notice_id: int) -> NoticeLine:
    """One of the actor's own; another's is not found."""
    row = own(scope).filter(pk=notice_id).select_related("opening", "settlement").first()
    if row is None:
        raise NotFound("notice")
    return line_of(row)


def called(facts: Iterable[Mapping[str, object]]) -> Called:
    """Names of the people, branches and posts that the facts name; four queries."""
    told = list(facts)
    named = ((*PEOPLE, ENDED_BY), BRANCHES, POSTS)
    codes = [{str(one[name]) for one in told for name in names if one.get(name)} for names in named]
    scope = Scope.system("names in one's own notices")
    accounts = account_names(codes[0]) | {scope.actor.code: Bilingual("厅堂", "Bankhall")}
    staff = accounts | people.names(scope, codes[0])
    posts = {post.post_code: post.name for post in people.posts(scope) if post.post_code in codes[2]}
    return Called(staff, node_names(codes[1]), posts)


def unread_count(scope: Scope) -> int:
    """How many the actor has not opened, and nobody has settled meanwhile; one query."""
    return own(scope).filter(UNREAD).count()


def own(scope: Scope) -> QuerySet[Notice]:
    """The actor's rows: told by staff number, or by account where there is no number. For this app alone."""
    names = [name for name in (scope.actor.staff_no, scope.actor.code) if name]
    return Notice.objects.filter(recipient__in=names)


def line_of(row: Notice) -> NoticeLine:
    """Row to value. For this app alone."""
    opening = getattr(row, "opening", None)
    subject = Subject(row.subject_kind, row.subject_code, row.branch_code)
    opened_at = opening.at if opening else None
    return NoticeLine(row.pk, row.kind, row.facts, subject, row.urgent, row.posted_at, opened_at, _settled(row))


def _settled(row: Notice) -> Settled | None:
    end = getattr(row, "settlement", None)
    return Settled(Outcome(end.outcome), end.by, end.at) if end else None


def _named(line: NoticeLine) -> Mapping[str, object]:
    """The facts, and as one more person of theirs who settled it."""
    return {**line.facts, ENDED_BY: line.settled.by} if line.settled else line.facts
