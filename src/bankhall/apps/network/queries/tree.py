"""Head office, regions, branches: what lies below a node and above it.

Every request asks this, so a process reads the tree once for each of its versions. A version shows in one small query:
rows are only ever added, so their number and the newest key are enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Max

from bankhall.apps.network.models import NodeRow

Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes' parents and children by code, and the branches with the last day of those that close."""

    parents: Mapping[str, str]
    children: Mapping[str, tuple[str, ...]]
    branches: Mapping[str, date | None]

    def branches_under(self, node_code: str, on: date) -> frozenset[str]:
        """Branches at or below a node that are not closed by a day; an unknown node has none.

        One that has not opened yet is among them: its first weeks are planned before.
        """
        reached: set[str] = set()
        waiting = [node_code] if node_code in self.parents else []
        while waiting:
            code = waiting.pop()
            if code not in reached:
                reached.add(code)
                waiting += self.children.get(code, ())
        return frozenset(code for code in reached if code in self.branches and self._stands(code, on))

    def above(self, node_code: str) -> frozenset[str]:
        """A node and everything above it; empty for an unknown one."""
        found: set[str] = set()
        while node_code in self.parents and node_code not in found:
            found.add(node_code)
            node_code = self.parents[node_code]
        return frozenset(found)

    def _stands(self, code: str, on: date) -> bool:
        closed_on = self.branches[code]
        return closed_on is None or on <= closed_on


_kept: tuple[Mark, Tree] | None = None


def tree() -> Tree:
    """The tree as it stands: one query, and a second when it has changed since this process read it."""
    global _kept  # noqa: PLW0603 - one value, replaced whole
    mark, kept = _mark(), _kept
    if kept is not None and kept[0] == mark:
        return kept[1]
    found = _read()
    if not connection.in_atomic_block:  # what an open transaction shows may yet be undone
        _kept = mark, found
    return found


def branches_under(node_code: str, on: date) -> frozenset[str]:
    """Codes of the branches at or below a node on a day."""
    return tree().branches_under(node_code, on)


def nodes_above(node_code: str) -> frozenset[str]:
    """A node and everything above it; empty for an unknown one."""
    return tree().above(node_code)


def _mark() -> Mark:
    said = NodeRow.objects.aggregate(rows=Count("id"), newest=Max("id"))
    return said["rows"], said["newest"] or 0


def _read() -> Tree:
    rows = list(NodeRow.objects.filter(retired_in="").values_list("node_code", "parent_code", "kind", "closed_on"))
    children: dict[str, list[str]] = {}
    for code, parent, _, _ in rows:
        children.setdefault(parent, []).append(code)
    return Tree(
        {code: parent for code, parent, _, _ in rows},
        {parent: tuple(codes) for parent, codes in children.items()},
        {code: closed_on for code, _, kind, closed_on in rows if kind == "branch"},
    )
