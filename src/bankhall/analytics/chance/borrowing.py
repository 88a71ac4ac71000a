"""Arrays without their reference counts, for compiled loops.

Numba counts references to every array that a step of a loop is handed, with one atomic addition each; in a loop of many
short steps that is half of the time. A borrowed array shares the memory and counts nothing: whoever borrows must not
outlive the caller's own array, so borrow only inside the compiled function that was handed it.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba.core import cgutils, types  # noqa: TID253 - a module that only compiled loops load
from numba.extending import intrinsic  # noqa: TID253

T = TypeVar("T")


def _without_count(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """The array's struct with no owner in it."""
    array = context.make_array(kind)(context, builder, value=value)
    array.meminfo = cgutils.get_null_value(array.meminfo.type)
    array.parent = cgutils.get_null_value(array.parent.type)
    return array._getvalue()  # noqa: SLF001 - numba's own name for it


def _borrow(typing: Any, arrays: Any) -> Any:  # noqa: ARG001 - the signature of an intrinsic
    """Types the call, and writes its code: one array, or each array of a tuple."""

    def codegen(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kind, value = signature.args[0], values[0]
        if isinstance(kind, types.Array):
            return _without_count(context, builder, kind, value)
        for place, part in enumerate(kind.types):
            array = _without_count(context, builder, part, builder.extract_value(value, place))
            value = builder.insert_value(value, array, place)
        return value

    return arrays(arrays), codegen


borrowed = cast("Callable[[T], T]", intrinsic(_borrow))
"""The same array, or tuple of arrays, uncounted. To be called in compiled functions only."""
