"""The lake is tidied at night: months of many small files are written anew, files that nobody can ask for go."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bankhall.data.lake import Lake

Tell = Callable[[int, str], None]


def tidy_lake_job(question: Mapping[str, Any], progress: Tell) -> dict[str, Any]:
    """Question: `lake`. How many months were written anew, and how many files went."""
    lake = Lake(Path(question["lake"]))
    if not lake.root.is_dir():
        return {"months": 0, "files": 0}
    progress(5, "compacting")
    months = lake.compact()
    progress(60, "sweeping")
    return {"months": months, "files": lake.vacuum()}
