"""What is done by token is done as on the pages: checked, audited, once for each key."""

from typing import Any
from uuid import uuid4

import pytest

from bankhall.apps.audit.bases import writing
from bankhall.apps.audit.models import Line
from bankhall.apps.audit.queries import verify
from bankhall.apps.people.models import AbsenceAsked
from bankhall.apps.rosters.models import Roster, Stretch
from bankhall.apps.runs.models import Run
from tests.api.callers import Caller, caller, published_world, small_world
from tests.api.test_roles import ACT, filled

pytestmark = pytest.mark.django_db
WEEK = "/branches/B01/weeks/2026-W49"
STRETCH = {"staff_no": "T101", "day": "2026-11-30", "start": 540}


@pytest.fixture
def manager() -> Caller:
    small_world()
    return caller("branch_manager", node_code="B01", staff_no="T103")


def edition(asking: Caller) -> dict[str, Any]:
    ref = asking.get(WEEK).json()["ref"]
    return {"version": ref["version"], "edit": ref["edit"]}


def lines() -> int:
    return Line.objects.count()


def test_a_draft_is_edited_by_hand_and_undone(manager: Caller) -> None:
    before = lines()
    moved = manager.post(f"{WEEK}/edits/move", edition(manager) | STRETCH | {"to_start": 540, "to_end": 900})
    assert moved.status_code == 200
    assert moved.json()["ref"]["edit"] == 2
    assert Stretch.objects.get(staff_no="T101").end == 900
    swapped = edition(manager) | {"staff_no": "T101", "other_no": "T103", "day": "2026-11-30"}
    assert manager.post(f"{WEEK}/edits/swap", swapped).status_code == 200
    assert manager.post(f"{WEEK}/edits/undo", edition(manager)).status_code == 200
    hall = edition(manager) | STRETCH | {"kind": "post", "code": "teller", "post_code": "teller"}
    assert manager.post(f"{WEEK}/edits/retype", hall).status_code == 200
    assert manager.post(f"{WEEK}/edits/lock", edition(manager) | STRETCH | {"locked": True}).json()["ref"]["edit"] > 4
    assert manager.post(f"{WEEK}/edits/remove", edition(manager) | STRETCH).json()["code"] == "assignment_locked"
    manager.post(f"{WEEK}/edits/lock", edition(manager) | STRETCH | {"locked": False})
    assert manager.post(f"{WEEK}/edits/remove", edition(manager) | STRETCH).status_code == 200
    assert not Stretch.objects.filter(staff_no="T101").exists()
    assert lines() >= before + 7


def test_an_old_edition_is_refused_with_409(manager: Caller) -> None:
    seen = edition(manager) | STRETCH
    assert manager.post(f"{WEEK}/edits/lock", seen).status_code == 200
    told = manager.post(f"{WEEK}/edits/lock", seen)
    assert (told.status_code, told.json()["code"]) == (409, "roster_changed_meanwhile")


def test_a_week_goes_its_way_to_the_wall_past_four_eyes(manager: Caller) -> None:
    assert manager.post(f"{WEEK}/steps/propose", edition(manager)).status_code == 200
    supervisor = caller("supervisor", node_code="B01", staff_no="T102")
    assert manager.post(f"{WEEK}/steps/confirm", edition(manager)).json()["code"] == "role_may_not"
    assert supervisor.post(f"{WEEK}/steps/reject", edition(manager) | {"reason": "look at Monday"}).status_code == 200
    assert manager.post(f"{WEEK}/steps/propose", edition(manager)).status_code == 200
    assert supervisor.post(f"{WEEK}/steps/confirm", edition(manager)).status_code == 200
    before = lines()
    published = manager.post(f"{WEEK}/steps/publish", edition(manager) | {"reason": "enough"})
    assert published.json() == {"branch_code": "B01", "week": "2026-W49", "version": 1, "edit": 1}
    assert Roster.objects.get().state == "published"
    assert lines() > before


def test_the_same_key_does_it_once_and_answers_alike(manager: Caller) -> None:
    key, body = str(uuid4()), edition(manager) | STRETCH
    first = manager.post(f"{WEEK}/edits/lock", body, Idempotency_Key=key)
    before = lines()
    again = manager.post(f"{WEEK}/edits/lock", body, Idempotency_Key=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert lines() == before
    other = manager.post(f"{WEEK}/edits/lock", body | {"locked": False}, Idempotency_Key=key)
    assert (other.status_code, other.json()["code"]) == (409, "act_repeated")


def test_the_trail_is_whole_after_acts_under_a_key_and_not_without_their_lines(manager: Caller) -> None:
    manager.post(f"{WEEK}/edits/lock", edition(manager) | STRETCH, Idempotency_Key=str(uuid4()))
    manager.post("/my/requests/check", ACT["/my/requests/check"][1], Idempotency_Key=str(uuid4()))  # writes nothing
    assert verify().faults == ()
    with writing("a test"):
        Line.objects.filter(name="rosters.lock")._raw_delete("default")
    assert [fault.code for fault in verify().faults] == ["act_without_line"]


def test_what_was_refused_may_be_asked_again_with_its_key(manager: Caller) -> None:
    key, body = str(uuid4()), edition(manager)
    assert manager.post(f"{WEEK}/steps/publish", body, Idempotency_Key=key).status_code == 409
    told = manager.post(f"{WEEK}/steps/publish", body, Idempotency_Key=key)
    assert told.json()["code"] != "act_repeated"


def test_a_key_belongs_to_who_used_it(manager: Caller) -> None:
    key, body = str(uuid4()), {"day": "2026-12-02", "kind": "off"}
    assert manager.post("/my/wishes", body, Idempotency_Key=key).status_code == 200
    other = caller("supervisor", node_code="B01", staff_no="T102")
    assert other.post("/my/wishes", body, Idempotency_Key=key).json()["code"] == "act_repeated"


def test_a_plan_is_queued_and_its_run_is_cancelled(manager: Caller) -> None:
    run_id = manager.post(f"{WEEK}/plan").json()["run_id"]
    assert manager.get(f"/runs/{run_id}").json()["state"] == "queued"
    before = lines()
    assert manager.post(f"/runs/{run_id}/cancel").json() == {"done": True}
    assert Run.objects.get(pk=run_id).state == "cancelled"
    assert lines() == before + 1


def test_a_what_if_is_asked_and_named(manager: Caller) -> None:
    change = {"kind": "windows", "day": "2026-11-30", "start": 600, "end": 720, "count": 1, "post_code": "teller"}
    body = edition(manager) | {"day": "2026-11-30", "changes": [change]}
    number = manager.post(f"{WEEK}/what-ifs", body).json()["number"]
    assert manager.post(f"/what-ifs/{number}/name", {"name": "one more"}).status_code == 200
    assert [line["name"] for line in manager.get(f"{WEEK}/what-ifs").json()["items"]] == ["one more", ""]
    assert manager.get(f"/what-ifs/{number}").json()["answer"] is None
    nothing = manager.post(f"{WEEK}/what-ifs", body | {"changes": []})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "what_if_empty")
    nowhere = manager.post(f"{WEEK}/what-ifs", body | {"changes": [change | {"post_code": "lobby_manager"}]})
    assert (nowhere.status_code, nowhere.json()["code"]) == (422, "what_if_no_windows")


def test_leave_is_asked_checked_answered_and_taken_back(manager: Caller) -> None:
    (waiting,) = manager.get("/branches/B01/requests?state=asked").json()["items"]
    told = manager.post(f"/branches/B01/requests/{waiting['request_id']}/answer", {"agreed": False, "reason": "full"})
    assert told.json()["state"] == "refused"
    teller = caller("teller", node_code="B01", staff_no="T102")
    body = {"kind": "leave", "first": "2026-12-03", "last": "2026-12-03", "pays": "leave"}
    assert teller.post("/my/requests/check", body).json()["findings"] == []
    number = teller.post("/my/requests", body).json()["request_id"]
    assert teller.post(f"/my/requests/{number}/withdraw").json()["state"] == "withdrawn"
    assert AbsenceAsked.objects.count() == 2


def test_a_reason_for_leave_goes_to_those_who_answer_alone(manager: Caller) -> None:
    assert manager.get("/branches/B01/requests").json()["items"][0]["reason"] == "a knee"
    region = caller("supervisor", node_code="B01", staff_no="T102")
    (seen,) = region.get("/branches/B01/requests").json()["items"]
    assert (seen["has_reason"], seen["reason"]) == (True, "")


def test_a_shift_is_offered_taken_and_agreed_to() -> None:
    published_world()
    teller = caller("teller", node_code="B01", staff_no="T103")
    (open_one,) = teller.get("/my/offers/open").json()["items"]
    assert teller.post(f"/my/offers/{open_one['offer_id']}/take").json()["state"] == "taken"
    manager = caller("branch_manager", node_code="B01")
    agreed = manager.post(f"/branches/B01/offers/{open_one['offer_id']}/answer", {"agreed": True})
    assert agreed.status_code == 200
    assert agreed.json()["made_version"] == 2


def test_no_address_changes_anything_without_a_line(manager: Caller) -> None:
    """A queued run names who asked; what its answer changes leaves a line of its own."""
    done = []
    for path, (_, body) in ACT.items():
        before = lines()
        told = manager.post(filled(path), body | (edition(manager) if "version" in body else {}))
        writes = not path.endswith(("/check", "/notices/open"))  # reading what one was told is nobody's affair
        if told.status_code == 200 and writes and "run_id" not in told.json():
            done.append(path)
            assert lines() > before, path
    assert len(done) >= 8


def test_wishes_are_stated_and_taken_back(manager: Caller) -> None:
    manager.post("/my/wishes", {"day": "2026-12-02", "kind": "early"})
    assert manager.get("/my/wishes").json()["items"] == [{"day": "2026-12-02", "kind": "early"}]
    manager.post("/my/wishes", {"day": "2026-12-02", "kind": "none"})
    assert manager.get("/my/wishes").json()["items"] == []


QUESTIONS = [
    {"kind": "windows", "day": "2026-11-30", "start": 600, "end": 720, "count": -1, "post_code": "teller"},
    {"kind": "ill", "day": "2026-11-30", "people": 2},
    {"kind": "hours", "opens": 510},
    {"kind": "promise", "service_code": "cash", "wait_minutes": 10},
    {"kind": "moved", "service_code": "cash", "share": 0.2},
    {"kind": "demand", "per_cent": 20},
    {"kind": "for_good", "post_code": "teller"},
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_kind_of_question_may_be_put_with_its_defaults(manager: Caller, question: dict[str, Any]) -> None:
    body = edition(manager) | {"day": "2026-11-30", "changes": [question]}
    number = manager.post(f"{WEEK}/what-ifs", body).json()["number"]
    (kept,) = manager.get(f"/what-ifs/{number}").json()["line"]["changes"]
    assert question.items() <= kept.items()


WRONG = [
    {"kind": "weather"},
    {"kind": "demand", "per_cent": 20, "sort": "x"},
    {"kind": "windows", "day": "2026-11-30", "start": "ten", "end": 720, "count": 1, "post_code": "teller"},
    {"kind": "windows", "day": "2026-11-30", "start": 600, "end": 99999, "count": 1, "post_code": "teller"},
    {"kind": "demand", "per_cent": 0},
]


@pytest.mark.parametrize("question", WRONG)
def test_what_is_no_question_is_refused_and_nothing_is_queued(manager: Caller, question: dict[str, Any]) -> None:
    queued = Run.objects.count()
    body = edition(manager) | {"day": "2026-11-30", "changes": [question]}
    assert manager.post(f"{WEEK}/what-ifs", body).status_code == 422
    assert Run.objects.count() == queued
