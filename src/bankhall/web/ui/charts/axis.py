"""Axes at human steps: 1, 2, 5, 10, 20, …"""


def nice_step(top: float, most: int = 4, among: tuple[int, ...] = (1, 2, 5)) -> float:
    """The smallest human step with which at most `most` ticks reach the top."""
    size = 1.0
    while True:
        for step in among:
            if top <= step * size * most:
                return step * size
        size *= 10


def nice_top(top: float, most: int = 4, among: tuple[int, ...] = (1, 2, 5)) -> tuple[float, tuple[float, ...]]:
    """An axis's end, a little above the highest value, and its ticks from zero."""
    step = nice_step(max(top, 1), most, among)
    count = int(-(-max(top, 1) // step))
    return max(top * 1.06, 1.0, count * step * 0.9), tuple(
        step * n for n in range(count + 1) if step * n <= max(top * 1.06, 1.0)
    )
