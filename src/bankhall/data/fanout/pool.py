"""A pool of processes over keys. When a worker dies the pool is rebuilt and what is unfinished is sent again."""

import importlib
import inspect
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import Any

from bankhall.data.fanout.kept import keep_answer, question_hash, read_kept
from bankhall.kernel.errors import Refused

Progress = Callable[[int, int, str], None]
REBUILDS = 3
"""A pool that breaks so often without one finished answer between is given up."""


def fan_out(
    function: str,
    questions: Mapping[str, Any],
    *,
    processes: int = 1,
    keep: Path | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Answers by key, in the order of the questions. `function` is "module:name"; questions and answers are plain JSON.

    Refused `fan_out_cancelled` when `cancelled` says so, `fan_out_broken` when workers keep dying.
    """
    digests = {key: question_hash(function, question) for key, question in questions.items()}
    kept = {key: read_kept(keep, key, digests[key]) for key in questions}
    answers = {key: answer for key, answer in kept.items() if answer is not None}
    rest = {key: question for key, question in questions.items() if key not in answers}
    for key, answer in _answered(function, rest, processes, cancelled or _never):
        answers[key] = answer
        keep_answer(keep, key, digests[key], answer)
        if progress:
            progress(len(answers), len(questions), key)
    return {key: answers[key] for key in questions}


def _never() -> bool:
    return False


def _answered(
    function: str, rest: dict[str, Any], processes: int, cancelled: Callable[[], bool]
) -> Iterator[tuple[str, Any]]:
    if processes <= 1:
        yield from _alone(function, rest, cancelled)
        return
    tries = 0
    while tries < REBUILDS:
        tries += 1
        try:
            for key, answer in _pooled(function, dict(rest), processes, cancelled):
                tries = 0
                del rest[key]
                yield key, answer
        except BrokenProcessPool:
            continue
        return
    raise Refused("fan_out_broken", left=len(rest))


def _alone(function: str, rest: dict[str, Any], cancelled: Callable[[], bool]) -> Iterator[tuple[str, Any]]:
    for key, question in rest.items():
        if cancelled():
            raise Refused("fan_out_cancelled")
        yield key, call(function, question)


def _pooled(
    function: str, rest: dict[str, Any], processes: int, cancelled: Callable[[], bool]
) -> Iterator[tuple[str, Any]]:
    others = set(active_children())
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        waiting: dict[Future[Any], str] = {pool.submit(call, function, question): key for key, question in rest.items()}
        while waiting:
            done, _ = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
            if cancelled():
                raise Refused("fan_out_cancelled")
    except BaseException:
        # What runs is not waited for: its answer is not wanted any more, or its pool is broken.
        for child in set(active_children()) - others:
            child.terminate()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for ever for its next question."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.join,), daemon=True).start()


def _watch(until_gone: Callable[[], object]) -> None:
    until_gone()
    os._exit(1)


def call(function: str, question: Any) -> Any:
    """Runs "module:name" on a question; a function that also wants progress is told nothing."""
    module, _, name = function.partition(":")
    target = getattr(importlib.import_module(module), name)
    if len(inspect.signature(target).parameters) > 1:
        return target(question, _unheard)
    return target(question)


def _unheard(per_cent: int, message: str = "") -> None:
    pass
