"""The Anonymous Bank's calls as steps and as people at work: read from the folder that BANKHALL_DATA names.

A call joins the line when it leaves the menu for an agent, or hangs up after some time in the queue. A call that hung
up at once never queued; a phantom is no call.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from bankhall.analytics.queueing.steps import CAME, SEEN_LEAVING, StepRecords
from benchmarks.studies.public_counts import public_data

KINDS = {"PS": "regular", "PE": "regular", "NW": "new", "NE": "stock", "IN": "internet", "TT": "regular"}
CODES = ("internet", "new", "regular", "stock")
AT_WORK_MINUTES = 30.0


@dataclass(frozen=True, slots=True)
class Call:
    """Minutes from the day's midnight. `served` or hung up after `wait` minutes in line."""

    day: date
    service: str
    queued: float
    wait: float
    served: bool
    started: float
    ended: float
    server: str


def read_calls(first_month: int, last_month: int) -> list[Call]:
    """The calls that stood in line, by day."""
    folder = public_data() / "anonymous_bank" / "calls"
    calls: list[Call] = []
    for month in range(first_month, last_month + 1):
        with gzip.open(folder / f"calls_1999-{month:02d}.csv.gz", "rt", encoding="utf-8") as lines:
            calls += _joined_the_line(csv.DictReader(lines))
    return sorted(calls, key=lambda call: (call.day, call.queued))


def _joined_the_line(rows: "csv.DictReader[str]") -> Iterator[Call]:
    for row in rows:
        wait, served = float(row["q_time"]) / 60, row["outcome"] == "AGENT"
        if row["type"] not in KINDS or not (served or (row["outcome"] == "HANG" and wait > 0)):
            continue
        queued = _minutes(row["q_start"] if wait > 0 else row["vru_exit"])
        yield Call(
            day=date.fromisoformat(row["date"]),
            service=KINDS[row["type"]],
            queued=queued,
            wait=wait,
            served=served,
            started=_minutes(row["ser_start"]),
            ended=_minutes(row["ser_exit"]),
            server="" if row["server"] == "NO_SERVER" else row["server"],
        )


def _minutes(text: str) -> float:
    hours, minutes, seconds = text.split(":")
    return int(hours) * 60 + int(minutes) + int(seconds) / 60


def steps_of(calls: list[Call]) -> StepRecords:
    """The calls as fitting takes them."""
    base = np.array([call.day.toordinal() * 1440.0 for call in calls])
    served = np.array([call.served for call in calls])
    queued = base + [call.queued for call in calls]
    reached = queued + [call.wait for call in calls]
    servers = sorted({call.server for call in calls} - {""})
    return StepRecords(
        codes=CODES,
        service=np.array([CODES.index(call.service) for call in calls]),
        queued=queued,
        called=np.where(served, reached, np.nan),
        started=np.where(served, base + [call.started for call in calls], np.nan),
        ended=np.where(served, base + [call.ended for call in calls], np.nan),
        left=np.where(served, np.nan, reached),
        window=np.array([servers.index(call.server) if call.server else -1 for call in calls]),
        fate=np.where(served, CAME, SEEN_LEAVING),
        names=("", *servers),
        staff=np.array([servers.index(call.server) + 1 if call.server else 0 for call in calls]),
    )


def at_work(calls: list[Call]) -> dict[date, list[tuple[str, float, float]]]:
    """Who stood there when, read from their own calls: at work between calls less than 30 minutes apart."""
    own: dict[tuple[date, str], list[tuple[float, float]]] = defaultdict(list)
    for call in calls:
        if call.served and call.server and call.ended >= call.started > 0:
            own[call.day, call.server].append((call.started, call.ended))
    spans: dict[date, list[tuple[str, float, float]]] = defaultdict(list)
    for (day, server), times in sorted(own.items()):
        spans[day] += [(server, start, end) for start, end in _joined(sorted(times))]
    return spans


def _joined(times: list[tuple[float, float]]) -> list[tuple[float, float]]:
    spans = [times[0]]
    for start, end in times[1:]:
        if start - spans[-1][1] < AT_WORK_MINUTES:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans
