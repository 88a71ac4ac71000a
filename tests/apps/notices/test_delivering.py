"""What leaves the house: laid out once, held in quiet hours, tried again ever more slowly, given up at last."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.models import Line
from bankhall.apps.notices import actions, queries, rules
from bankhall.apps.notices.actions import Outgoing
from bankhall.apps.notices.models import Delivery
from bankhall.apps.notices.states import (
    DELIVERY_MOVES,
    KINDS,
    TOPICS,
    Channel,
    Channels,
    DeliveryState,
    MailServer,
    Robot,
)
from bankhall.kernel.errors import BadInput
from bankhall.kernel.scope import Actor, Scope
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank
from tests.factories.notices import ABOUT, SYSTEM, TEST, account, tell

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 4, 4, 0, tzinfo=UTC)  # twelve in Shanghai
MAIL = MailServer(
    "127.0.0.1", 25, "none", "hall@bank.example", address="{username}@bank.example",
    domains=frozenset({"bank.example", "branch.example"}),
)  # fmt: skip
ROBOTS = (
    Robot("B01", Channel.WECOM, "https://robot.example/send?key=wecom-key"),
    Robot("B01", Channel.DINGTALK, "https://robot.example/send?access_token=ding-key", "SECding"),
    Robot("B02", Channel.WECOM, "https://robot.example/send?key=other"),
)
BOTH = Channels(MAIL, ROBOTS)
LI = Scope(Actor("li", "李", "T101"), {"teller": frozenset({"B01"})})


@pytest.fixture(autouse=True)
def _people(settings: Settings) -> None:
    settings.NOTICE_CHANNELS = replace(BOTH, robots=())
    account("li", "T101")
    account("wang", "T102", language="zh-hans")


def claim(now: datetime = NOON) -> Outgoing:
    found = actions.claim_next(now)
    assert found is not None
    return found


def test_without_a_channel_nothing_is_laid_out(settings: Settings) -> None:
    settings.NOTICE_CHANNELS = Channels()
    tell("T101")
    assert not Delivery.objects.exists()


def test_each_person_is_written_to_once_however_often_it_is_posted() -> None:
    tell("T101", "T102")
    tell("T101", "li")
    found = set(Delivery.objects.values_list("address", "channel"))
    assert found == {("li@bank.example", "mail"), ("wang@bank.example", "mail")}
    assert Delivery.objects.count() == 2


def test_somebody_without_an_account_reads_it_later_in_the_house() -> None:
    tell("T109")
    assert not Delivery.objects.exists()


def test_a_group_hears_it_once_for_all_and_nothing_of_one_person(settings: Settings) -> None:
    settings.NOTICE_CHANNELS = replace(BOTH, mail=None)
    tell("T101", "T102")
    assert sorted(Delivery.objects.values_list("channel", "address")) == [("dingtalk", "B01"), ("wecom", "B01")]
    tell("T101", kind="leave_answered", key="other")
    assert Delivery.objects.count() == 2


def test_a_claim_says_what_to_send_and_stands_before_anything_is_sent() -> None:
    tell("T102")
    out = claim()
    assert (out.channel, out.address, out.language, out.kind) == (
        "mail",
        "wang@bank.example",
        "zh-hans",
        "roster_published",
    )
    assert Delivery.objects.get().state == DeliveryState.SENDING
    assert actions.claim_next(NOON) is None
    actions.mark_sent(out, NOON)
    assert Delivery.objects.get().state == DeliveryState.SENT
    assert actions.claim_next(NOON + timedelta(days=9)) is None


def test_after_each_failure_the_pause_grows_until_it_is_given_up() -> None:
    tell("T101")
    now, pauses = NOON, []
    for attempt in range(1, rules.MOST_ATTEMPTS + 1):
        out = claim(now)
        assert out.attempt == attempt
        actions.mark_failed(out, now, "connect: refused")
        row = Delivery.objects.get()
        if row.state == DeliveryState.FAILED:
            pauses.append(row.next_at - now)
            assert actions.claim_next(row.next_at - timedelta(seconds=1)) is None
            now = daylight(row.next_at)
    assert pauses[:4] == [timedelta(seconds=s) for s in (30, 60, 120, 240)]
    assert pauses[-1] == rules.LONGEST_PAUSE >= pauses[-2]
    assert (Delivery.objects.get().state, Delivery.objects.get().last_error) == ("given_up", "connect: refused")


def daylight(when: datetime) -> datetime:
    """The instant, or noon after it when it lies in quiet hours."""
    end = rules.quiet_end(when, "Asia/Shanghai", BOTH.quiet_from, BOTH.quiet_until)
    return end or when


def test_what_can_never_arrive_is_given_up_at_once() -> None:
    tell("T101")
    actions.mark_failed(claim(), NOON, "recipient: 550", final=True)
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP


def test_a_claim_that_nobody_marked_is_sent_once_more_and_then_given_up() -> None:
    tell("T101")
    now = NOON
    first = claim(now)
    assert actions.take_back_unmarked(now + rules.LEASE / 2) == 0
    now += rules.LEASE * 2
    assert actions.take_back_unmarked(now) == 1
    second = claim(now)
    assert (second.message_id, second.attempt) == (first.message_id, 2)
    now += rules.LEASE * 2
    assert actions.take_back_unmarked(now) == 1
    assert (Delivery.objects.get().state, Delivery.objects.get().last_error) == ("given_up", "unknown")
    assert actions.claim_next(now + timedelta(days=1)) is None


def test_no_answer_after_handing_over_counts_as_unmarked() -> None:
    tell("T101")
    for _ in range(2):
        actions.mark_unknown(claim(), NOON)
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP


def test_a_sender_that_was_only_late_keeps_it_from_being_sent_again() -> None:
    tell("T101")
    out = claim()
    actions.take_back_unmarked(NOON + rules.LEASE * 2)
    actions.mark_sent(out, NOON)
    assert actions.claim_next(NOON + rules.LEASE * 2) is None


def test_an_old_claim_cannot_mark_a_newer_one() -> None:
    tell("T101")
    old = claim()
    actions.take_back_unmarked(NOON + rules.LEASE * 2)
    claim(NOON + rules.LEASE * 2)
    actions.mark_failed(old, NOON, "late")
    actions.mark_sent(old, NOON)
    assert Delivery.objects.get().state == DeliveryState.SENDING


@pytest.mark.parametrize(
    ("local", "until"),
    [("20:59", ""), ("21:00", "07:00"), ("23:30", "07:00"), ("03:00", "07:00"), ("06:59", "07:00"), ("07:00", "")],
)
def test_quiet_hours_hold_what_is_not_urgent_until_their_end(local: str, until: str) -> None:
    hour, minute = map(int, local.split(":"))
    now = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(hours=hour - 8, minutes=minute)
    end = rules.quiet_end(now, "Asia/Shanghai", 21 * 60, 7 * 60)
    assert (end is None) == (until == "")
    if end:
        assert f"{end:%H:%M}" == until
        assert timedelta() < end - now <= timedelta(hours=10)


def test_at_night_only_what_is_urgent_leaves() -> None:
    tell("T101", key="calm")
    tell("T101", key="urgent", urgent=True)
    night = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)  # ten in the evening
    assert Delivery.objects.get(pk=claim(night).delivery_id).notice.key == "urgent"
    assert actions.claim_next(night) is None
    row = Delivery.objects.get(notice__key="calm")
    assert (row.state, row.attempts, row.next_at) == ("waiting", 0, datetime(2027, 1, 4, 23, 0, tzinfo=UTC))
    assert claim(row.next_at).message_id == row.message_id


def settle(*names: str) -> None:
    with audit.act(TEST, by=SYSTEM.actor, scope=SYSTEM):
        actions.settle(ABOUT, to=names or None, by=SYSTEM.actor)


def test_what_was_settled_in_the_quiet_hours_never_leaves_and_says_why() -> None:
    tell("T101", kind="roster_waits", key="asked")
    tell("T101", kind="roster_published", key="told")
    night = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)
    assert actions.claim_next(night) is None
    settle()
    morning = night + timedelta(hours=10)
    assert Delivery.objects.get(pk=claim(morning).delivery_id).notice.key == "told"
    assert actions.claim_next(morning) is None
    asked = Delivery.objects.get(notice__key="asked")
    assert (asked.state, asked.attempts, asked.sent_at) == ("settled", 0, None)


def test_a_message_that_failed_is_not_tried_again_once_the_matter_is_settled() -> None:
    tell("T101", kind="roster_waits")
    actions.mark_failed(claim(), NOON, "busy")
    settle()
    assert actions.claim_next(NOON + timedelta(hours=1)) is None
    assert Delivery.objects.get().state == "settled"


def test_a_group_hears_of_it_until_everybody_who_was_asked_has_answered(settings: Settings) -> None:
    settings.NOTICE_CHANNELS = Channels(robots=ROBOTS[:1])
    tell("T101", "T102", kind="acknowledgement_wanted")
    tell("T101", kind="roster_waits", key="one")
    settle("T101")
    assert claim().kind == "acknowledgement_wanted"
    assert actions.claim_next(NOON) is None
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sending", "settled"}


def test_quiet_hours_are_those_of_the_branch() -> None:
    bank = small_bank()
    load_bank(
        replace(bank, nodes=tuple(replace(n, zone="Asia/Urumqi") if n.node_code == "B01" else n for n in bank.nodes))
    )
    tell("T101")
    half_past_six_there = datetime(2027, 1, 5, 0, 30, tzinfo=UTC)
    assert actions.claim_next(half_past_six_there) is None
    assert actions.claim_next(half_past_six_there + timedelta(minutes=30)) is not None


def test_one_chooses_topics_within_what_the_bank_always_sends() -> None:
    actions.choose(by_mail=True, topics=["leave"], by=LI.actor, scope=LI)
    tell("T101", key="published")
    tell("T101", kind="leave_answered", key="leave")
    tell("T101", kind="acknowledgement_wanted", key="always")
    assert set(Delivery.objects.values_list("notice__key", flat=True)) == {"leave", "always"}
    actions.choose(by_mail=False, topics=list(TOPICS), by=LI.actor, scope=LI)
    tell("T101", kind="leave_answered", key="later")
    assert not Delivery.objects.filter(notice__key="later").exists()


def test_another_address_lies_in_a_domain_that_the_bank_allows() -> None:
    for wrong in ("li@elsewhere.example", "nonsense", "a@b@bank.example", "li@bank.example\nBcc: x@y.example"):
        with pytest.raises(BadInput, match="mail_address_not_allowed"):
            actions.choose(by_mail=True, topics=list(TOPICS), address=wrong, by=LI.actor, scope=LI)
    actions.choose(by_mail=True, topics=list(TOPICS), address="li@branch.example", by=LI.actor, scope=LI)
    tell("T101")
    assert Delivery.objects.get().address == "li@branch.example"
    assert not [line for line in Line.objects.values_list("after", flat=True) if "li@branch" in line]


def test_the_settings_page_says_what_holds(settings: Settings) -> None:
    settings.NOTICE_CHANNELS = BOTH
    page = queries.my_channels(LI)
    assert (page.mail, page.by_mail, page.usual, page.groups) == (True, True, "li@bank.example", ("dingtalk", "wecom"))
    assert dict(page.topics) == dict.fromkeys(TOPICS, True)


def test_no_secret_stands_in_the_store_or_is_shown(settings: Settings) -> None:
    settings.NOTICE_CHANNELS = replace(BOTH, mail=replace(MAIL, password="smtp-password"))
    tell("T101")
    stored = str([*Delivery.objects.values(), *Line.objects.values()]) + repr(settings.NOTICE_CHANNELS)
    for secret in ("wecom-key", "ding-key", "SECding", "smtp-password"):
        assert secret not in stored


def test_every_kind_belongs_to_one_topic() -> None:
    kinds = [kind for topic in TOPICS.values() for kind in topic]
    assert sorted(kinds) == sorted(KINDS)


def test_nothing_moves_on_from_sent_given_up_or_settled() -> None:
    assert set(DELIVERY_MOVES) == set(DeliveryState)
    ends = (DeliveryState.SENT, DeliveryState.GIVEN_UP, DeliveryState.SETTLED)
    assert not any(DELIVERY_MOVES[state] for state in ends)
