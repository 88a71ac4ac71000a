"""Write a synthetic bank as an exchange folder.

Examples:
  bankhall synthesise demo
  bankhall synthesise demo --branches 12 --from 2025-11-01 --until 2026-11-30 --seed 7 --truth truth.json
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Folder, size, dates, seed, and where the truths go."""
    parser.add_argument("target", type=Path, metavar="FOLDER", help="folder to write")
    parser.add_argument("--branches", type=int, default=12, help="how many branches (default 12)")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date(2025, 10, 20), metavar="DATE")
    parser.add_argument("--until", dest="last", type=date.fromisoformat, default=date(2026, 11, 22), metavar="DATE")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--truth", type=Path, metavar="FILE", help="write the planted truths here, outside the folder")


def run(options: argparse.Namespace) -> int:
    """Write the bank and say how many rows it has. Raises BadInput for dates or sizes that cannot be."""
    from bankhall.data.synthetic.outline import Outline
    from bankhall.data.synthetic.synthesise import synthesise

    outline = Outline(options.branches, options.first, options.last, options.seed)
    counts = synthesise(options.target, outline, truth=options.truth, progress=_tell)
    if options.json:
        print(json.dumps({"tables": counts}, sort_keys=True))
    else:
        print(f"synthetic bank in {options.target}: " + ", ".join(f"{n} {name}" for name, n in counts.items() if n))
    return 0


def _tell(done: int, of: int) -> None:
    if sys.stderr.isatty() or done == of:
        print(f"\rbranch {done} of {of}", end="\n" if done == of else "", file=sys.stderr, flush=True)
