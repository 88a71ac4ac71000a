"""Notices are posted inside the act that they tell of, opened by their reader, sent on by the channels of the bank."""

from bankhall.apps.notices.actions.choosing import choose
from bankhall.apps.notices.actions.delivering import (
    Outgoing,
    claim_next,
    mark_failed,
    mark_sent,
    mark_unknown,
    take_back_unmarked,
)
from bankhall.apps.notices.actions.feeding import make_link, read_feed, withdraw_link
from bankhall.apps.notices.actions.posting import open_all, open_notices, post
from bankhall.apps.notices.actions.settling import settle

__all__ = [
    "Outgoing",
    "choose",
    "claim_next",
    "make_link",
    "mark_failed",
    "mark_sent",
    "mark_unknown",
    "open_all",
    "open_notices",
    "post",
    "read_feed",
    "settle",
    "take_back_unmarked",
    "withdraw_link",
]
