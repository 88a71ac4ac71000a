"""The one place where loops are compiled.

`compiled` keeps Python's own floating point (no fast-math), so that every machine computes the same bits, and stores
what it compiled beside the module: the next process starts at once.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba  # noqa: TID253 - every module that decorates with `compiled` needs it when it is loaded

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """The function as machine code. It takes and returns numbers, arrays and tuples of them only."""
    return cast("F", numba.njit(cache=True, nogil=True, fastmath=False, error_model="numpy")(function))


def inlined(function: F) -> F:
    """The same for a step of a compiled loop: it becomes part of whoever calls it, so that short steps cost nothing."""
    return cast(
        "F", numba.njit(cache=True, nogil=True, fastmath=False, error_model="numpy", forceinline=True)(function)
    )
