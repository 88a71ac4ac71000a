"""Reads a SCENARIO.toml: every value checked, every error with the file, the place and the reason."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bankhall.analytics.chance.durations import ENDLESS, Duration, DurationFamily
from bankhall.analytics.queueing.hall import AtClose, Hall, PersonSpan, Promised, ServiceModel
from bankhall.analytics.staffing.problem import StaffedGroup, StaffedService, StaffingProblem
from bankhall.kernel.errors import BadInput
from bankhall.kernel.minutes import parse_minutes

TOP = {"slot_minutes", "start", "seed", "replications", "at_close", "least", "absent_share", "service", "people"}
SERVICE = {"code", "arrivals", "time", "patience", "promise", "priority", "ageing_minutes", "balk_at"}
PERSON = {"services", "spans", "speed"}
NEEDS_CV: tuple[DurationFamily, ...] = ("lognormal", "gamma", "weibull")
FAMILIES: tuple[DurationFamily, ...] = (*NEEDS_CV, "exponential", "deterministic")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One day as the file states it. `arrivals` has one row a service, one number a slot."""

    start_minute: int
    slot_minutes: int
    seed: int
    replications: int
    at_close: AtClose
    least: tuple[int, ...]
    services: tuple[ServiceModel, ...]
    arrivals: tuple[tuple[float, ...], ...]
    people: tuple[PersonSpan, ...]
    groups: tuple[tuple[str, ...], ...]

    def hall(self) -> Hall:
        """What `simulate` runs."""
        return Hall(
            services=self.services,
            people=self.people,
            start_minute=self.start_minute,
            slot_minutes=self.slot_minutes,
            slots=len(self.least),
            at_close=self.at_close,
        )

    def problem(self) -> StaffingProblem:
        """What `staff` solves. One group owes the presence itself, several owe it together."""
        single = len(self.groups) == 1
        return StaffingProblem(
            start_minute=self.start_minute,
            slot_minutes=self.slot_minutes,
            services=tuple(
                StaffedService(model, arrivals) for model, arrivals in zip(self.services, self.arrivals, strict=True)
            ),
            groups=tuple(
                StaffedGroup("|".join(services), services, least=self.least if single else ())
                for services in self.groups
            ),
            least=() if single else self.least,
            at_close=self.at_close,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """One table of the file: its values, and where it stands for errors."""

    file: str
    where: str
    values: dict[str, Any] = field(default_factory=dict)

    def wrong(self, name: str, reason: str) -> BadInput:
        """The error of one value."""
        where = f"{self.where}.{name}" if self.where and name else self.where or name
        return BadInput("scenario_wrong", file=self.file, row=where, reason=reason)

    def only(self, known: set[str]) -> None:
        """Refuses keys that nobody knows: a misspelt one must not be lost."""
        for name in self.values:
            if name not in known:
                raise self.wrong(name, "unknown_key")

    def number(self, name: str, default: float | None = None, *, least: float = 0.0, most: float = 1e9) -> float:
        """A number within limits; without a default it must be there."""
        value = self.values.get(name, default)
        if value is None:
            raise self.wrong(name, "missing")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, "not_a_number")
        if not least <= value <= most:
            raise self.wrong(name, "out_of_range")
        return float(value)

    def whole(self, name: str, default: int | None = None, *, least: int = 0, most: int = 10**9) -> int:
        """The same, without a fraction."""
        value = self.number(name, default, least=least, most=most)
        if value != int(value):
            raise self.wrong(name, "not_whole")
        return int(value)

    def word(self, name: str, default: str | None = None, allowed: tuple[str, ...] = ()) -> str:
        """A text, one of the allowed ones if there are any."""
        value = self.values.get(name, default)
        if value is None:
            raise self.wrong(name, "missing")
        if not isinstance(value, str) or not value or (allowed and value not in allowed):
            raise self.wrong(name, "not_allowed")
        return value

    def items(self, name: str) -> list[Any]:
        """A list, empty when it is not there."""
        value = self.values.get(name, [])
        if not isinstance(value, list):
            raise self.wrong(name, "not_a_list")
        return value

    def inner(self, name: str, where: str = "") -> "Place | None":
        """A table within, None when it is not there."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            raise self.wrong(name, "not_a_table")
        return None if value is None else Place(self.file, where or f"{self.where}.{name}".strip("."), value)

    def inner_all(self, name: str) -> list["Place"]:
        """The tables `[[name]]`, numbered from 1 for errors."""
        tables = self.items(name)
        if not all(isinstance(table, dict) for table in tables):
            raise self.wrong(name, "not_a_table")
        return [Place(self.file, f"{name} {number}", table) for number, table in enumerate(tables, start=1)]


def read_scenario(path: Path) -> Scenario:
    """The scenario in a file. `BadInput` with file, row (place) and reason when it cannot be used."""
    top = Place(str(path), "", _toml(path))
    top.only(TOP)
    services = top.inner_all("service")
    if not services:
        raise top.wrong("service", "missing")
    absent = top.number("absent_share", 0.0, most=1.0)
    models = tuple(_service(place, absent) for place in services)
    arrivals = tuple(_numbers(place, "arrivals") for place in services)
    codes = _check_codes(services, models, arrivals)
    slot_minutes, start = top.whole("slot_minutes", 30, least=1, most=1440), _minutes(top, "start", top.word("start"))
    people = top.inner_all("people")
    return Scenario(
        start_minute=start,
        slot_minutes=slot_minutes,
        seed=top.whole("seed", 0),
        replications=top.whole("replications", 200, least=1, most=100_000),
        at_close="serve" if top.word("at_close", "serve", ("serve", "send_away")) == "serve" else "send_away",
        least=_least(top, len(arrivals[0])),
        services=models,
        arrivals=arrivals,
        people=tuple(span for place in people for span in _spans(place, codes)),
        groups=tuple(dict.fromkeys(_skills(place, codes) for place in people)) or (codes,),
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise BadInput("file_not_found", file=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("file_unreadable", file=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line \d+", str(error))
        raise BadInput("scenario_wrong", file=str(path), row=place[0] if place else "end", reason=str(error)) from error


def _service(place: Place, absent_share: float) -> ServiceModel:
    place.only(SERVICE)
    patience, promise, time = place.inner("patience"), place.inner("promise"), place.inner("time")
    if time is None:
        raise place.wrong("time", "missing")
    return ServiceModel(
        code=place.word("code"),
        time=_duration(time),
        patience=_duration(patience) if patience else ENDLESS,
        promise=_promise(promise) if promise else None,
        priority=place.whole("priority", 0, least=-1000, most=1000),
        ageing_minutes=place.number("ageing_minutes", 0.0),
        balk_at=place.whole("balk_at", 0),
        absent_share=absent_share,
    )


def _duration(place: Place) -> Duration:
    place.only({"family", "mean", "cv"})
    family = place.word("family", allowed=FAMILIES)
    cv = place.number("cv", None if family in NEEDS_CV else 1.0, least=1e-3, most=100.0)
    known = next(name for name in FAMILIES if name == family)
    return Duration(known, place.number("mean", least=1e-6), cv)


def _promise(place: Place) -> Promised:
    place.only({"wait_minutes", "share"})
    return Promised(place.number("wait_minutes"), place.number("share", most=0.9999))


def _check_codes(
    places: list[Place], models: tuple[ServiceModel, ...], arrivals: tuple[tuple[float, ...], ...]
) -> tuple[str, ...]:
    """The codes in order, each once; every service has as many slots as the first."""
    codes = tuple(model.code for model in models)
    for number, place in enumerate(places):
        if codes[number] in codes[:number]:
            raise place.wrong("code", "twice")
        if not arrivals[number] or len(arrivals[number]) != len(arrivals[0]):
            raise place.wrong("arrivals", "slots_differ")
    return codes


def _numbers(place: Place, name: str) -> tuple[float, ...]:
    values = place.items(name)
    fits = [not isinstance(value, bool) and isinstance(value, int | float) and 0 <= value <= 1e6 for value in values]
    if not all(fits):
        raise place.wrong(f"{name}[{fits.index(False) + 1}]", "not_a_number")
    return tuple(float(value) for value in values)


def _least(top: Place, slots: int) -> tuple[int, ...]:
    if not isinstance(top.values.get("least", 0), list):
        return (top.whole("least", 0, most=1000),) * slots
    numbers = tuple(int(number) for number in _numbers(top, "least"))
    if len(numbers) != slots:
        raise top.wrong("least", "slots_differ")
    return numbers


def _skills(place: Place, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The services of a person in the file's order of services; without a list, all."""
    listed = place.items("services") if "services" in place.values else list(codes)
    if not listed or not set(listed) <= set(codes):
        raise place.wrong("services", "unknown_service")
    return tuple(code for code in codes if code in listed)


def _spans(place: Place, codes: tuple[str, ...]) -> list[PersonSpan]:
    place.only(PERSON)
    speed, services = place.number("speed", 1.0, least=0.01, most=100.0), _skills(place, codes)
    spans: list[PersonSpan] = []
    for number, pair in enumerate(place.items("spans"), start=1):
        if not isinstance(pair, list) or len(pair) != 2:
            raise place.wrong(f"spans[{number}]", "not_a_span")
        start, end = (_minutes(place, f"spans[{number}]", text) for text in pair)
        if start >= end or (spans and start < spans[-1].end):
            raise place.wrong(f"spans[{number}]", "not_a_span")
        spans.append(PersonSpan(place.where, start, end, services, speed))
    return spans


def _minutes(place: Place, name: str, text: object) -> int:
    try:
        return parse_minutes(str(text))
    except BadInput as error:
        raise place.wrong(name, "not_a_time") from error
