"""From windows and posts to staffing groups: who mans which windows, and which services that opens (decision 0002)."""

from dataclasses import dataclass

from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Service, Window, WindowKind
from bankhall.kernel.bank.people import Post

AUTHORISER = "authoriser"
LOBBY = "lobby_manager"


@dataclass(frozen=True, slots=True)
class PostWindows:
    """A post that mans windows of the branch, those windows, and the services they carry."""

    post: Post
    windows: tuple[Window, ...]
    services: tuple[str, ...]


def post_of_kind(posts: tuple[Post, ...]) -> dict[WindowKind, Post]:
    """The post that each kind of window belongs to: the first in the table that mans it."""
    owners: dict[WindowKind, Post] = {}
    for post in posts:
        for kind in post.window_kinds:
            owners.setdefault(kind, post)
    return owners


def posts_with_windows(bank: Bank) -> tuple[PostWindows, ...]:
    """The staffing groups of a branch (`bank` is the branch's own part)."""
    owners = post_of_kind(bank.posts)
    groups = []
    for post in bank.posts:
        windows = tuple(w for w in bank.windows if owners.get(w.kind) == post)
        services = tuple(s.service_code for s in bank.services if any(s.service_code in w.services for w in windows))
        if services:
            groups.append(PostWindows(post, windows, services))
    return tuple(groups)


def manned_services(bank: Bank) -> tuple[Service, ...]:
    """The services that somebody at a window of the branch serves."""
    codes = {code for group in posts_with_windows(bank) for code in group.services}
    return tuple(s for s in bank.services if s.service_code in codes)
