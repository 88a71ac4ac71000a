"""Fan-out of one function over many keys: a process pool that loses nothing."""

from bankhall.data.fanout.pool import fan_out

__all__ = ["fan_out"]
