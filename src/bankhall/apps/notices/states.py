"""The kinds of notice, and the facts that each may carry. A fact that is not named here is refused.

So a reason for leave, which is health data, cannot slip into a notice: no kind has room for one.
"""

from collections.abc import Mapping

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
    "roster_waits": frozenset({"branch", "week", "version", "step"}),
    "roster_returned": frozenset({"branch", "week", "version", "who"}),
    "roster_published": frozenset({"branch", "week", "version"}),
    "roster_changed": frozenset({"branch", "week", "version", "days"}),
    "loan_offered": _LOAN | {"to_branch"},
    "loan_agreed": _LOAN | {"who", "to_branch"},
    "loan_acknowledge": _LOAN | {"to_branch"},
    "loan_acknowledged": _LOAN | {"who", "to_branch"},
    "loan_off": _LOAN | {"to_branch"},
    "acknowledgement_wanted": frozenset({"branch", "week", "version"}),
}
"""`answer` is `agreed` or `refused`; `day`, `first`, `last` ISO dates; `start`, `end` minutes of the day.

`who`, `taker`, `branch`, `to_branch`, `post` are codes: the face gives them their names in the reader's language.
"""
