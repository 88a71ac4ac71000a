"""The kinds of notice, and the facts that each may carry. A fact that is not named here is refused.

So a reason for leave, which is health data, cannot slip into a notice: no kind has room for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PEOPLE, BRANCHES, POSTS = ("who", "taker"), ("branch", "to_branch"), ("post",)
"""Facts that are codes of people, branches and posts: the face gives them their names."""
_SHIFT = frozenset({"day", "start", "end", "branch"})
_LOAN = _SHIFT | {"post"}

KINDS: Mapping[str, frozenset[str]] = {
    "leave_asked": frozenset({"who", "first", "last"}),
    "leave_answered": frozenset({"who", "first", "last", "answer"}),
    "leave_withdrawn": frozenset({"who", "first", "last"}),
    "swap_offered": _SHIFT | {"who"},
    "swap_taken": _SHIFT | {"who"},
    "swap_waits": _SHIFT | {"who", "taker"},
    "swap_answered": _SHIFT | {"who", "answer"},
    "swap_off": _SHIFT | {"who"},
    "shift_asked": _SHIFT | {"who"},
    "shift_answered": _SHIFT | {"who", "answer"},
    "shift_off": _SHIFT,
    "roster_waits": frozenset({"branch", "week", "version", "step"}),
    "roster_returned": frozenset({"branch", "week", "version", "who"}),
    "roster_published": frozenset({"branch", "week", "version"}),
    "roster_changed": frozenset({"branch", "week", "version", "days"}),
    "loan_offered": _LOAN | {"to_branch"},
    "loan_wanted": _LOAN | {"who", "to_branch"},
    "loan_agreed": _LOAN | {"who", "to_branch"},
    "loan_acknowledge": _LOAN | {"to_branch"},
    "loan_acknowledged": _LOAN | {"who", "to_branch"},
    "loan_off": _LOAN | {"to_branch"},
    "loan_lapsed": _LOAN | {"to_branch"},
    "year_fixed": frozenset({"who", "week", "what"}),
    "year_released": frozenset({"who", "week", "what"}),
    "acknowledgement_wanted": frozenset({"branch", "week", "version"}),
}
"""`answer` is `agreed` or `refused`; `what` `mandatory_leave` or `rotation`;
 `day`, `first`, `last` ISO dates; `start`, `end` minutes of the day.

`who`, `taker`, `branch`, `to_branch`, `post` are codes: the face gives them their names in the reader's language.
"""

WAITING = frozenset(
    {
        "leave_asked", "swap_offered", "swap_waits", "shift_asked", "roster_waits", "loan_offered", "loan_wanted",
        "loan_acknowledge", "acknowledgement_wanted",
    }
)  # fmt: skip
"""Kinds that wait for somebody: once one of those told has answered, they wait for nobody any more."""

TOPICS: Mapping[str, tuple[str, ...]] = {
    "leave": ("leave_asked", "leave_answered", "leave_withdrawn", "year_fixed", "year_released"),
    "swap": ("swap_offered", "swap_taken", "swap_waits", "swap_answered", "swap_off"),
    "shift": ("shift_asked", "shift_answered", "shift_off", "acknowledgement_wanted"),
    "roster": ("roster_waits", "roster_returned", "roster_published", "roster_changed"),
    "loan": (
        "loan_offered",
        "loan_wanted",
        "loan_agreed",
        "loan_acknowledge",
        "loan_acknowledged",
        "loan_off",
        "loan_lapsed",
    ),
}
"""What a person chooses among: kinds that belong together."""
ALWAYS = frozenset({"roster_changed", "shift_asked", "shift_off", "acknowledgement_wanted", "loan_acknowledge"})
"""The bank's rule unless it sets another: who may have to come at another hour is told, whatever they chose."""
GROUP_KINDS = frozenset({"roster_waits", "roster_published", "roster_changed", "acknowledgement_wanted"})
"""What a branch's group chat may hear: no kind that speaks of one person's request."""


class Outcome(StrEnum):
    """How what a notice waited for came to its end: by an answer, called off, or because time went by."""

    ANSWERED = "answered"
    OFF = "off"
    LAPSED = "lapsed"


class Channel(StrEnum):
    """Ways out of the house."""

    MAIL = "mail"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


@dataclass(frozen=True, slots=True)
class MailServer:
    """The bank's own SMTP server. `address` makes an address of `{username}` and `{staff_no}`; empty: each gives one.

    `domains` are those in which a person may name an address of their own; none: nobody may.
    """

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    address: str = ""
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Robot:
    """A group chat's robot at a branch. Its address is its key: it is stored and shown nowhere."""

    node_code: str
    channel: Channel
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Channels:
    """What the bank has set up, and its rules. Quiet hours are minutes of the branch's day and may pass midnight."""

    mail: MailServer | None = None
    robots: tuple[Robot, ...] = ()
    quiet_from: int = 21 * 60
    quiet_until: int = 7 * 60
    always: frozenset[str] = ALWAYS
    site: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is ever sent out of the house."""
        return self.mail is not None or bool(self.robots)


class DeliveryState(StrEnum):
    """Where one notice on one channel stands. `sending` is claimed by a sender that has not said how it went; `settled`
    is not sent any more, since somebody ended what it asked for before that.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given_up"
    SETTLED = "settled"


DELIVERY_MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.WAITING: frozenset({DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.SETTLED}),
    DeliveryState.SENDING: frozenset(
        {DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.GIVEN_UP, DeliveryState.WAITING}
    ),
    DeliveryState.FAILED: frozenset({DeliveryState.SENDING, DeliveryState.SETTLED}),
    DeliveryState.SENT: frozenset(),
    DeliveryState.GIVEN_UP: frozenset(),
    DeliveryState.SETTLED: frozenset(),
}
"""Back to `waiting` once only: after a sending whose end nobody knows. `waiting` to `sent`: its sender was but late."""
