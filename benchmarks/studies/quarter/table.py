"""The page of the lived quarter, from whatever weeks are finished."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import mean, median, stdev
from typing import Any

from benchmarks.studies.quarter.arms import ARMS

Plain = Mapping[str, Any]
NAMES = {"product": "lived through the product", "untouched": "published, never touched", "greedy": "next free person"}
HEAD = """# A quarter lived through the product

    python -m benchmarks.studies.lived_quarter --keep DIR

{weeks} of 13 weeks, {branches} branches of a synthetic bank (seed {seed}), {branch_weeks} published branch-weeks. Each
Thursday the next week is planned from the records so far and published by three people; on the Friday shifts change
hands, leave is asked for and loans are made; every morning at 07:30 the ill and the late are marked, the day is mended,
people are asked, the new version is published, acknowledged and confirmed. The world then lives the people who stand
there, and its records are imported. The other two arms live the same first published week with the same customers and
the same ill people. Not the same in all: leave granted after publishing, swaps and loans exist only in the first arm.

"""


def report(weeks: Sequence[Plain], seed: int) -> str:
    """The whole page."""
    cells = [cell for week in weeks for cell in week["branches"]]
    branches = len({cell["branch"] for cell in cells})
    head = HEAD.format(weeks=len(weeks), branches=branches, branch_weeks=len(cells), seed=seed)
    return head + "\n".join([*_table(cells), "", *_differences(weeks), "", *_acts(weeks)]) + "\n"


def _table(cells: Sequence[Plain]) -> list[str]:
    columns = (
        "", "promises kept (service-days)", "customers within the promise", "left", "P90 wait, median day",
        "unmet half hours a branch-week", "changed person-days a branch-week", "overtime, h", "law or control breaches",
        "Saturdays a person: spread",
    )  # fmt: skip
    lines = [f"| {' | '.join(columns)} |", "|---" + "|---:" * (len(columns) - 1) + "|"]
    return lines + [_row(arm, cells) for arm in ARMS]


def _row(arm: str, cells: Sequence[Plain]) -> str:
    rows = [cell[arm] for cell in cells]
    total = {
        name: sum(row[name] for row in rows) for name in ("promises", "promises_kept", "judged", "kept", "arrivals")
    }
    gone = sum(row["left"] + row["absent"] for row in rows)
    waits = [wait for row in rows for wait in row["wait_p90"] if wait is not None]
    said = [
        f"{total['promises_kept'] / total['promises']:.1%}", f"{total['kept'] / total['judged']:.1%}",
        f"{gone / total['arrivals']:.2%}", f"{median(waits):.1f} min",
        f"{mean(row['unmet_half_hours'] for row in rows):.2f}", f"{mean(cell['changed'][arm] for cell in cells):.2f}",
        f"{sum(row['overtime_minutes'] for row in rows) / 60:.0f}", str(sum(row["law_breaches"] for row in rows)),
        f"{_spread(arm, cells):.2f}",
    ]  # fmt: skip
    return f"| {NAMES[arm]} | {' | '.join(said)} |"


def _spread(arm: str, cells: Sequence[Plain]) -> float:
    """Standard deviation of Saturdays over the people of a branch, mean over branches."""
    worked: dict[str, Counter[str]] = defaultdict(Counter)
    for cell in cells:
        worked[cell["branch"]].update(dict.fromkeys(cell["staff"], 0))
        worked[cell["branch"]].update(cell[arm]["saturdays"])
    return mean(stdev(counts.values()) for counts in worked.values() if len(counts) > 1)


def _differences(weeks: Sequence[Plain]) -> list[str]:
    """The product less each other arm, paired by week, with a 95 % interval over weeks."""
    lines = ["Product less the other arm, mean of weeks with its 95 % interval (t over weeks):", ""]
    for other in ARMS[1:]:
        for name, words in (
            ("kept_share", "points of customers within the promise"),
            ("unmet", "unmet half hours a branch-week"),
        ):
            found = [_of_week(week, "product", name) - _of_week(week, other, name) for week in weeks]
            lines.append(f"- against *{NAMES[other]}*, {words}: {_interval(found)}")
    return lines


def _of_week(week: Plain, arm: str, name: str) -> float:
    rows = [cell[arm] for cell in week["branches"]]
    if name == "unmet":
        return float(mean(row["unmet_half_hours"] for row in rows))
    return float(100 * sum(row["kept"] for row in rows) / sum(row["judged"] for row in rows))


def _interval(values: Sequence[float]) -> str:
    if len(values) < 3:
        return "too few weeks to say"
    from scipy.stats import t

    half = float(t.ppf(0.975, len(values) - 1)) * stdev(values) / len(values) ** 0.5
    return f"{mean(values):+.2f} ({mean(values) - half:+.2f} to {mean(values) + half:+.2f})"


def _acts(weeks: Sequence[Plain]) -> list[str]:
    done, refused = Counter[str](), Counter[str]()
    for week in weeks:
        done.update(week["done"])
        refused.update(week["refused"])
    lines = ["What was done:", "", *(f"- {name}: {count}" for name, count in sorted(done.items()))]
    lines += ["", "What the product said no to, by step and code:", ""]
    return lines + [f"- {name}: {count}" for name, count in sorted(refused.items())]
