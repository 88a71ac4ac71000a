"""Prints the sizes of functions and files and fails when they outgrow the house's limits.

Median of a function at most 7 lines, 95th percentile at most 30 (docstring and decorators not counted); no file over
400 lines but the listed ones, and that list only shrinks.
"""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path("src/bankhall")
MEDIAN_LIMIT, P95_LIMIT, FILE_LIMIT = 7, 30, 400
OVERSIZED_FILES: frozenset[str] = frozenset()


def _sources() -> list[Path]:
    return sorted(p for p in ROOT.rglob("*.py") if "migrations" not in p.parts)


def _functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, _body_lines(node)


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    documented = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def main() -> int:
    """Measure, print, judge."""
    lengths: list[tuple[int, str]] = []
    long_files = []
    for path in _sources():
        text = path.read_text(encoding="utf-8")
        lengths += [(size, f"{path}:{name}") for name, size in _functions(ast.parse(text))]
        if text.count("\n") > FILE_LIMIT:
            long_files.append(str(path))
    sizes = sorted(size for size, _ in lengths)
    median, p95 = statistics.median(sizes), sizes[int(len(sizes) * 0.95)]
    print(f"{len(sizes)} functions: median {median:.0f}, 95th percentile {p95}, largest {max(lengths)}")
    print(f"{len(_sources())} files, over {FILE_LIMIT} lines: {long_files or 'none'}")
    unlisted = [name for name in long_files if name not in OVERSIZED_FILES]
    stale = OVERSIZED_FILES.difference(long_files)
    if "--list" in sys.argv:
        print("\n".join(f"{size:4d} {name}" for size, name in sorted(lengths, reverse=True)[:40]))
    return int(median > MEDIAN_LIMIT or p95 > P95_LIMIT or bool(unlisted) or bool(stale))


if __name__ == "__main__":
    sys.exit(main())
