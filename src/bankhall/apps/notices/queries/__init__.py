"""One's own notices, how they go out, and one's link for a calendar."""

from bankhall.apps.notices.queries.choices import MyChannels, deliveries_since, feed_link, my_channels
from bankhall.apps.notices.queries.reading import (
    PAGE,
    Called,
    NoticeLine,
    NoticePage,
    Settled,
    called,
    line_of,
    my_notice,
    my_notices,
    own,
    unread_count,
)

__all__ = [
    "PAGE",
    "Called",
    "MyChannels",
    "NoticeLine",
    "NoticePage",
    "Settled",
    "called",
    "deliveries_since",
    "feed_link",
    "line_of",
    "my_channels",
    "my_notice",
    "my_notices",
    "own",
    "unread_count",
]
