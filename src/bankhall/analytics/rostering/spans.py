"""Half-open spans of minutes: union, gaps, what of one lies outside others."""

from collections.abc import Iterable
from itertools import pairwise

Span = tuple[int, int]


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Merged, in order; spans that touch become one."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def length(spans: Iterable[Span]) -> int:
    """Minutes of spans that do not overlap."""
    return sum(end - start for start, end in spans)


def gaps(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """What lies between neighbours of a merged list."""
    return tuple((left[1], right[0]) for left, right in pairwise(spans))


def common(spans: Iterable[Span], during: Span) -> tuple[Span, ...]:
    """The parts of spans inside another."""
    cut = ((max(start, during[0]), min(end, during[1])) for start, end in spans)
    return tuple(span for span in cut if span[0] < span[1])


def outside(during: Span, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The parts of a span that none of the others covers."""
    inside = union(common(spans, during))
    edges = [during[0], *(edge for span in inside for edge in span), during[1]]
    return tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
