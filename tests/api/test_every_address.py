"""Whatever is sent to any address: no server error, and every answer is as the document says."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bankhall.config.clock import FixedClock
from bankhall.config.wsgi import application
from bankhall.kernel.scope import Role
from tests.api.callers import ROOT, secret_of, small_world, there
from tests.factories.bank import MONDAY, small_bank
from tests.factories.imports import load_bank
from tests.factories.today import ask, computed, mark, monday

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
THERE: dict[str, Any] = {
    "version": 1, "edit": 1, "staff_no": "T101", "other_no": "T102", "to_staff_no": "T102", "day": "2026-11-30",
    "start": 540, "first": "2026-12-01", "last": "2026-12-02", "run_id": 1, "from": 1, "to": 1, "branch_code": "B01",
    "week": "2026-W49",
}  # fmt: skip
"""Fields of bodies and queries, as they stand in the small world."""
OF_TODAY = ("/today", "/day", "/attendance", "/my/asks", "/my/acknowledgements", "/my/notices")
EXAMPLES = int(os.environ.get("BANKHALL_API_EXAMPLES", "3"))
FEW = settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)  # fmt: skip


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A server closes its connection after each request; here the test's own transaction lives in it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations(schema: BaseSchema) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    for found in schema.get_all_operations():
        yield found.ok()  # type: ignore[union-attr]


def known_in(operation: APIOperation[Any, Any, Any, Any]) -> dict[str, Any]:
    """Of the address's own parts those that there is something behind."""
    return {name: value for name, value in there(operation.path).items() if f"{{{name}}}" in operation.path}


def filled(case: Case[Any]) -> Case[Any]:
    """Asks about what is there, wherever the request names such a thing."""
    for part in (case.body, case.query):
        if isinstance(part, dict):
            part.update({name: value for name, value in THERE.items() if name in part})
    return case


def asked(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, secret: str) -> None:
    """So many requests of one kind: about anything, and about what is there."""
    headers = {"Authorization": f"Bearer {secret}"}

    def every(case: Case[Any]) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    FEW(given(case=operation.as_strategy(mode))(every))()
    there = operation.as_strategy(mode, path_parameters=known_in(operation) or None)
    FEW(given(case=there.map(filled))(every))()


def everywhere() -> BaseSchema:
    """The document as it is served."""
    return schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", application)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("role", ["branch_manager", "head_office"])
def test_whatever_is_asked_there_is_no_server_error(role: Role, mode: GenerationMode, monkeypatch: Any) -> None:
    monkeypatch.setattr("bankhall.apps.access.rules.CALLS_A_SPAN", 10**6)
    small_world()
    secret = secret_of(role, staff_no="T103")
    names = [operation.label for operation in operations(everywhere())]
    assert len(names) == len(set(names)) > 75
    for operation in operations(everywhere()):
        asked(operation, mode, secret)


@pytest.mark.parametrize("role", ["branch_manager", "teller"])
def test_on_a_day_that_is_published_there_is_none_either(role: Role, monkeypatch: Any, settings: Any) -> None:
    """Somebody is missing, somebody is asked: what is asked about today finds something to do."""
    monkeypatch.setattr("bankhall.apps.access.rules.CALLS_A_SPAN", 10**6)
    settings.CLOCK = FixedClock(MONDAY, "Asia/Shanghai")
    load_bank(small_bank())
    monday()
    mark()
    computed()
    ask()
    secret = secret_of(role, node_code="B01", staff_no="T103")
    of_today = [one for one in operations(everywhere()) if any(part in one.path for part in OF_TODAY)]
    assert len(of_today) > 10
    for operation in of_today:
        asked(operation, GenerationMode.POSITIVE, secret)
