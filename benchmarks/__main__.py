"""`python -m benchmarks [NAME …]`: every ratio against a peer, measured in the same run."""

import importlib
import os
import sys

# Threads of linear algebra on small matrices would fight one another, on both sides of a ratio.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

NAMES = ("simulator", "forecast", "lending")


def main(words: list[str]) -> int:
    """Runs the named benchmarks, or all."""
    unknown = set(words) - set(NAMES)
    if unknown:
        print(f"no benchmark named {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in words or NAMES:
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
