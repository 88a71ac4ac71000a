"""The simulator against Ciw: customers a second on the same hall, with the answers of both."""

from benchmarks.halls import Case, Class, run_bankhall, run_ciw
from benchmarks.peers import Side, agree, table, write_result

PLAIN = Case("plain (M/M/5 at 90 %)", 150, (Class("all", 0.9, 5.0),), ((5, 480.0),))
LEAVING = Case(
    "priorities and leaving",
    100,
    (Class("gold", 0.2, 5.0, 20.0, 2), Class("silver", 0.3, 5.0, 20.0, 1), Class("plain", 0.5, 5.0, 20.0)),
    ((5, 480.0),),
)
EVERYTHING = Case(
    "priorities that rise with waiting, schedules, leaving, balking",
    50,
    (Class("gold", 0.25, 5.0, 25.0, 1, 0.0, 8), Class("plain", 0.65, 5.0, 25.0, 0, 6.0, 6)),
    ((3, 120.0), (6, 240.0), (4, 300.0), (5, 480.0)),
)
CASES = (PLAIN, LEAVING, EVERYTHING)
OURS, THEIRS = 3_000_000, 40_000


def main() -> None:
    """Each case, both engines, one ratio."""
    parts = [_told(case, run_bankhall(case, OURS), run_ciw(case, THEIRS)) for case in CASES]
    write_result("simulator", HEAD + "\n\n".join(parts))


HEAD = """# Simulator against Ciw 3.2

Customers a second of processor time on the same hall, each engine from the question (drawing included) to one record a
customer; both on one core, in the same run, the quickest of five tries each. Intervals are 99 %, from batches of time;
"equal" means that they meet. Skills within one hall and customers absent when called are in neither: Ciw has no such
thing. Made by `python -m benchmarks simulator`.

"""


def _told(case: Case, ours: Side, theirs: Side) -> str:
    ratio = ours.speed() / theirs.speed()
    verdict = "reached" if ratio >= case.goal else "not reached"
    rows = [
        (name, _interval(ours, name), _interval(theirs, name), "yes" if agree(mine, theirs.answers[name]) else "NO")
        for name, mine in ours.answers.items()
    ]
    return (
        f"## {case.name}\n\n"
        f"**{ratio:.0f} times** (goal {case.goal:.0f}: {verdict}): {ours.speed():,.0f} customers a second "
        f"({ours.units:,.0f} in {ours.wall:.2f} s) against {theirs.speed():,.0f} "
        f"({theirs.units:,.0f} in {theirs.wall:.2f} s).\n\n" + table(("answer", "Bankhall", "Ciw", "equal"), rows)
    )


def _interval(side: Side, name: str) -> str:
    interval = side.answers[name]
    return f"{interval.value:.4f} ({interval.low:.4f} to {interval.high:.4f})"
