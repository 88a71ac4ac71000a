"""Locks carry hashes and no address: a lock that names a host would bind the project to one registry."""

import sys
from pathlib import Path

bad = [
    f"{name}:{number}: {line.strip()}"
    for name in ("requirements.lock", "bootstrap.lock")
    for number, line in enumerate(Path(name).read_text().splitlines(), 1)
    if "://" in line
]
sys.exit("\n".join(bad) or 0)
