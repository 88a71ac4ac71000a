"""Three hundred damaged files and forty killed imports: what was refused, taken, lost, changed.

    python -m benchmarks.studies.damaged_imports

Writes benchmarks/results/damaged_imports.md. The files are made from good ones with a log of the damage
(tests/data/importing/damage.py); the tests assert what is counted here.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.data.importing.damaged_set import Outcome, outcomes, summary
from tests.data.importing.kill_rounds import kill_rounds

RESULT = Path(__file__).parents[1] / "results" / "damaged_imports.md"
ROUNDS = 20
HEAD = """# Damaged files and killed imports

    python -m benchmarks.studies.damaged_imports

300 files made from good ones of 60 rows each (an exchange table as CSV and gzip, a queue machine's day as GB18030 CSV
and XLSX), each with a log of what was done to it. A file that cannot be trusted is refused whole with a clear error and
changes nothing; otherwise bad rows are rejected one by one. *Lost*: rows that no damage touched and that did not arrive
byte-equal though their file was taken. *Changed*: rows that arrived with another content than the good file's and that
no note speaks of. Damage that no reader could see (a wrong date that fits everything else, two free texts swapped) is
not made.

| damage | files | refused whole | rows taken | rows rejected | duplicates | untouched rows lost | silently changed |
|---|---:|---:|---:|---:|---:|---:|---:|
"""


def main() -> None:
    """Runs both parts, prints and writes the page."""
    with tempfile.TemporaryDirectory() as folder:
        found = outcomes(Path(folder))
    text = HEAD + "\n".join(_lines(found)) + "\n\n" + _refusals(found) + "\n" + "\n".join(_kills()) + "\n"
    RESULT.write_text(text, "utf-8")
    print(text)


def _lines(found: list[Outcome]) -> Iterator[str]:
    for kind, *counts in summary(found):
        mine = [o for o in found if (o.kinds[0] if len(o.kinds) == 1 else "mixed") == kind]
        lies = (sum(len(o.lost) for o in mine), sum(len(o.changed) for o in mine))
        yield f"| {kind.replace('_', ' ')} | " + " | ".join(str(n) for n in (*counts, *lies)) + " |"


def _refusals(found: list[Outcome]) -> str:
    counts = Counter(o.refused for o in found if o.refused)
    said = json.dumps(dict(counts.most_common()))
    return f"None of the 300 crashed. Errors of the {counts.total()} files that were refused whole: `{said}`.\n"


def _kills() -> Iterator[str]:
    yield "| `kill -9` at a random moment | rounds | old state | new state | between |"
    yield "|---|---:|---:|---:|---:|"
    for kind in ("lake", "folder"):
        with tempfile.TemporaryDirectory() as folder:
            seen = Counter(kill_rounds(kind, ROUNDS, Path(folder)))
        yield f"| import into a {kind} | {ROUNDS} | {seen['old']} | {seen['new']} | {seen['between']} |"


if __name__ == "__main__":
    main()
