"""What the store says afterwards: `python -m tests.spec.killed_acts.verdict JOURNAL LAST SECONDS` prints faults and
counts. Lines up to number LAST are of the bank's making, not of those who told the journal.

It waits until no run is open, then asks two things. Of every act that was told *done*: is it there, once? Of every row:
does it have its line in the trail and its notices in the outbox, each once, and no line or notice without a row?
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Plain = dict[str, Any]
Place = tuple[str, str, int]
"""Of an acknowledgement: who, branch and week, version."""
NAMES = {
    "ask_leave": ("people.ask_absence",), "withdraw_leave": ("people.withdraw_absence",),
    "answer_leave": ("people.grant_absence", "people.refuse_absence"), "offer": ("rosters.offer_shift",),
    "take": ("rosters.take_shift",), "answer_offer": ("rosters.confirm_swap", "rosters.refuse_swap"),
    "reply": ("rosters.accept_ask", "rosters.decline_ask"), "acknowledge": ("rosters.acknowledge_roster",),
    "mark": ("people.mark_missing",), "take_back": ("people.take_back_missing",), "ask": ("rosters.ask_to_come",),
    "withdraw_ask": ("rosters.withdraw_ask",), "propose": ("rosters.propose_today",),
    "publish": ("rosters.publish_today",), "confirm": ("rosters.confirm",), "review": ("rosters.review_today",),
}  # fmt: skip
"""The lines that an act leaves under its own name."""
NUMBERED = {
    "ask_leave": "request_id", "withdraw_leave": "request_id", "answer_leave": "request_id", "offer": "offer_id",
    "take": "offer_id", "answer_offer": "offer_id", "mark": "number", "ask": "number",
}  # fmt: skip
"""Acts whose answer names the subject of their line."""


def main(journal: str, last: str, seconds: str) -> None:
    """Opens the site in BANKHALL_HOME as it stands."""
    from bankhall.cli.site import open_site

    open_site(migrate=False)
    told: list[Plain] = json.loads(Path(journal).read_text("utf-8"))
    open_runs = _wait_for_runs(float(seconds))
    found = [*open_runs, *_of_the_told(told, int(last)), *_of_the_rows(), *_of_the_runs(), *_of_the_trail()]
    sys.stdout.write(json.dumps({"faults": found, "counts": _counts(told)}, ensure_ascii=False) + "\n")


def _wait_for_runs(seconds: float) -> list[str]:
    from bankhall.apps.runs.models import Run
    from bankhall.apps.runs.states import OPEN

    until = time.monotonic() + seconds
    while rows := list(Run.objects.filter(state__in=OPEN).values_list("pk", "state", "attempt")):
        if time.monotonic() > until:
            return [f"run {row} is not finished" for row in rows]
        time.sleep(0.2)
    return []


def _of_the_told(told: list[Plain], last: int) -> Iterator[str]:
    """Done: a line, once. As many lines of a person and a name as they were told, and as they were not told."""
    from bankhall.apps.audit.models import Line

    lines = list(Line.objects.values_list("name", "actor_code", "subject_code", "reason"))
    by_subject = Counter((name, subject) for name, _, subject, _ in lines)
    since = Line.objects.filter(pk__gt=last).values_list("name", "actor_code")
    by_actor = Counter((name, actor.partition(" ")[0]) for name, actor in since)
    for row in told:
        if row["status"] >= 500 or (row["outcome"] == "unknown" and row["key"]):
            yield f"answered with {row['status']} or never: {row}"
        if row["outcome"] == "done" and (part := NUMBERED.get(row["act"])):
            there = sum(by_subject[one, str(row["answer"][part])] for one in NAMES[row["act"]])
            if there != 1:
                yield f"done, and {there} lines: {row}"
    reasons = Counter(reason for _, _, _, reason in lines if reason.startswith("mark "))
    yield from _of_the_counts(told, by_actor, reasons)
    yield from _of_the_answers(told)


def _of_the_counts(told: list[Plain], by_actor: Counter[tuple[str, str]], reasons: Counter[str]) -> Iterator[str]:
    """At least what was told *done*, at most that with what nobody was told; a reason given stands in one line."""
    acts = {(row["act"], row["who"].lower()) for row in told}
    for act, who in sorted(acts):
        mine = [row for row in told if (row["act"], row["who"].lower()) == (act, who)]
        done, unknown = (sum(row["outcome"] == one for row in mine) for one in ("done", "unknown"))
        there = sum(by_actor[name, who] for name in NAMES[act])
        again = act in ("propose", "withdraw_ask")  # other acts do these as well
        said_before = act == "acknowledge"  # saying it once more leaves no line: see _of_acknowledgements
        if (there < done and not said_before) or (there > done + unknown and not again):
            yield f"{act} by {who}: {there} lines, {done} done, {unknown} not known"
    for row in told:
        mark = row["body"].get("reason", "") if row["act"] in ("answer_leave", "publish", "confirm", "review") else ""
        if mark and row["outcome"] == "done" and not reasons[mark]:
            yield f"done, and no line has its reason: {row}"
        if mark and row["outcome"] == "refused" and reasons[mark]:
            yield f"refused, and a line has its reason: {row}"


def _of_the_answers(told: list[Plain]) -> Iterator[str]:
    """What was answered is what the row says."""
    from bankhall.apps.people.models import AbsenceAsked
    from bankhall.apps.rosters.models import Acknowledgement, Proposal

    reasons = Counter(AbsenceAsked.objects.values_list("reason", flat=True))
    versions = dict(Proposal.objects.values_list("pk", "made_version"))
    seen = dict(Acknowledgement.objects.exclude(at=None).values_list("pk", "staff_no"))
    for row in told:
        if row["act"] == "ask_leave":
            most = {"done": (1,), "refused": (0,), "unknown": (0, 1)}[row["outcome"]]
            if reasons[row["body"]["reason"]] not in most:
                yield f"{reasons[row['body']['reason']]} requests: {row}"
        if row["outcome"] != "done":
            continue
        if row["act"] == "publish" and versions[int(row["path"].split("/")[-2])] != row["answer"]["version"]:
            yield f"published under another number: {row}"
        if row["act"] == "acknowledge" and seen.get(int(row["path"].split("/")[-1])) != row["who"]:
            yield f"acknowledged and forgotten: {row}"


def _of_the_rows() -> Iterator[str]:
    """Rows beside lines beside notices."""
    from bankhall.apps.notices.models import Delivery, Notice

    notices = Notice.objects.exclude(recipient="")
    sent = Counter(Delivery.objects.values_list("notice_id", flat=True))
    yield from _differs("deliveries of notices", Counter(notices.values_list("pk", flat=True)), sent)
    yield from _of_leave()
    yield from _of_offers()
    yield from _of_today()
    yield from _of_versions()
    yield from _of_acknowledgements()


def _of_leave() -> Iterator[str]:
    from bankhall.apps.people.models import AbsenceAsked, LedgerLine

    rows = list(AbsenceAsked.objects.all())
    asked, answered = (row.pk for row in rows), [row.pk for row in rows if row.answered_by]
    withdrawn = [row.pk for row in rows if row.state == "withdrawn"]
    yield from _with_lines("leave asked", asked, ["people.ask_absence"], "leave_asked")
    yield from _with_lines(
        "leave answered", answered, ["people.grant_absence", "people.refuse_absence"], "leave_answered"
    )
    yield from _with_lines("leave withdrawn", withdrawn, ["people.withdraw_absence"], "leave_withdrawn")
    paid = {str(row.pk) for row in rows if row.amount}  # a Saturday off costs nothing
    granted = Counter({pk: count for pk, count in _lines(["people.grant_absence"]).items() if pk in paid})
    sources = LedgerLine.objects.filter(kind="taken").values_list("source", flat=True)
    yield from _differs("draws on balances", granted, Counter(source.split()[1] for source in sources))
    back = LedgerLine.objects.filter(kind="given_back").values_list("source", flat=True)
    yield from _differs(
        "balances given back", Counter(str(pk) for pk in withdrawn if granted[str(pk)]),
        Counter(source.split()[1] for source in back),
    )  # fmt: skip


def _of_offers() -> Iterator[str]:
    from bankhall.apps.rosters.models import ShiftOffer

    rows = list(ShiftOffer.objects.all())
    named, taken = [row.pk for row in rows if row.to_staff_no], [row.pk for row in rows if row.taken_by]
    yield from _with_lines("offers", (row.pk for row in rows), ["rosters.offer_shift"], "")
    yield from _differs("offers told", Counter(map(str, named)), _told("swap_offered"))
    yield from _with_lines("offers taken", taken, ["rosters.take_shift"], "swap_taken")
    yield from _differs("agreements waited for", Counter(map(str, taken)), _told("swap_waits"))
    ended = {
        "withdrawn": "rosters.withdraw_offer",
        "confirmed": "rosters.confirm_swap",
        "refused": "rosters.refuse_swap",
    }
    for state, name in ended.items():
        yield from _with_lines(f"offers {state}", (row.pk for row in rows if row.state == state), [name], "")
    answered = [row.pk for row in rows if row.state in ("confirmed", "refused")]
    yield from _differs("answers told to both", Counter(map(str, answered * 2)), _told("swap_answered"))


def _of_today() -> Iterator[str]:
    from bankhall.apps.people.models import Missing
    from bankhall.apps.rosters.models import Ask

    marks, asks = list(Missing.objects.all()), list(Ask.objects.all())
    back = [row.pk for row in marks if row.state == "taken_back"]
    yield from _with_lines("marks", (row.pk for row in marks), ["people.mark_missing"], "")
    yield from _with_lines("marks taken back", back, ["people.take_back_missing"], "")
    yield from _with_lines("asks", (row.pk for row in asks), ["rosters.ask_to_come"], "shift_asked")
    replies = _lines(["rosters.accept_ask", "rosters.decline_ask"])
    yield from _differs("replies told", replies, _told("shift_answered"))
    wanted = {str(row.pk) for row in asks if row.state in ("accepted", "declined")}
    yield from (f"ask {pk} is answered without a line" for pk in wanted - replies.keys())
    yield from (f"ask {pk} was answered {n} times" for pk, n in replies.items() if n > 1)
    withdrawn = [row.pk for row in asks if row.state == "withdrawn"]
    yield from _with_lines("asks withdrawn", withdrawn, ["rosters.withdraw_ask"], "shift_off")


def _of_versions() -> Iterator[str]:
    """Versions run from 1 without a hole, one of a week is in force, and each change has what asked for it."""
    from bankhall.apps.audit.models import Line
    from bankhall.apps.rosters.models import Change, Proposal, Roster, StepTaken

    for branch, week in sorted(set(Roster.objects.values_list("branch_code", "week"))):
        rows = list(Roster.objects.filter(branch_code=branch, week=week).order_by("version"))
        if [row.version for row in rows] != list(range(1, len(rows) + 1)):
            yield f"versions of {branch} {week}: {[row.version for row in rows]}"
        if sum(row.state == "published" for row in rows) != 1:
            yield f"in force at {branch} {week}: {[(row.version, row.state) for row in rows]}"
    published = list(Proposal.objects.filter(state="published"))
    lines = Line.objects.filter(name__in=["rosters.propose_today", "rosters.publish_today"]).values_list(
        "name", "after"
    )
    noted = [(name, json.loads(after).get("proposal")) for name, after in lines]
    proposals = Counter(Proposal.objects.values_list("pk", flat=True))
    told = Counter(number for name, number in noted if name == "rosters.propose_today" and number)
    yield from _differs("proposals", proposals, told)
    made = Counter(number for name, number in noted if name == "rosters.publish_today")
    yield from _differs("published proposals", Counter(row.pk for row in published), made)
    sources = Counter(source for source in Change.objects.values_list("source", flat=True) if source[:7] == "replan:")
    yield from _differs("versions of proposals", Counter(f"replan:{row.pk}" for row in published), sources)
    reviews = StepTaken.objects.filter(step="review").count()
    if reviews != sum(_lines(["rosters.review_today"]).values()):
        yield f"{reviews} reviews and their lines"


def _of_acknowledgements() -> Iterator[str]:
    """Each has its notice, which waits until it is said; one line says it, with those of the week's versions before."""
    from bankhall.apps.audit.models import Line
    from bankhall.apps.notices.models import Notice
    from bankhall.apps.rosters.models import Acknowledgement

    said = {
        (row.staff_no, f"{row.roster.branch_code}/{row.roster.week}", row.roster.version): row.at is not None
        for row in Acknowledgement.objects.select_related("roster")
    }
    posted, settled = Counter[Place](), Counter[Place]()
    asked = Notice.objects.filter(kind="acknowledgement_wanted")
    for who, code, by in asked.values_list("recipient", "subject_code", "settlement__by"):
        posted[_place(who, code)] += 1
        settled[_place(who, code)] += by == who
    yield from _differs("acknowledgements wanted", Counter(said.keys()), posted)
    yield from _differs("acknowledgements settled", Counter(place for place in said if said[place]), +settled)
    rows = Line.objects.filter(name="rosters.acknowledge_roster").values_list("actor_staff_no", "subject_code")
    lines = Counter(_place(who, code) for who, code in rows)
    yield from (f"{count} lines say acknowledgement {place}" for place, count in lines.items() if count > 1)
    yield from (f"a line says acknowledgement {place}, and nothing else" for place in lines if not said.get(place))
    for (who, week, version), there in said.items():
        if there != any(one[:2] == (who, week) and one[2] >= version for one in lines):
            yield f"acknowledgement {who} {week}/{version}: {'no line' if there else 'a line and no row'}"


def _place(who: str, code: str) -> Place:
    week, _, version = code.rpartition("/")
    return who, week, int(version)


def _of_the_runs() -> Iterator[str]:
    """A proposal that stands has its answer; an answer was taken once."""
    from bankhall.apps.audit.models import Line
    from bankhall.apps.rosters.models import Proposal
    from bankhall.apps.runs.models import Run

    for row in Proposal.objects.filter(state="proposed", answer=None):
        yield f"proposal {row.pk} waits for run {row.run_id} for ever"
    done = Counter(
        f"run {pk}" for pk in Run.objects.filter(kind="replan_day", state="done").values_list("pk", flat=True)
    )
    taken = Counter(Line.objects.filter(name="rosters.answer_proposal").values_list("reason", flat=True))
    yield from _differs("answers taken", done, taken)
    for pk, reason in Run.objects.filter(state="failed").values_list("pk", "reason"):
        yield f"run {pk} failed: {reason}"


def _of_the_trail() -> Iterator[str]:
    from bankhall.apps.audit.actions import seal
    from bankhall.apps.audit.queries import verify

    while seal():
        pass
    yield from (f"trail: {fault.code} {fault.place}" for fault in verify().faults)


def _with_lines(what: str, pks: Iterable[int], names: list[str], kind: str) -> Iterator[str]:
    """As many lines of these names as rows, and as many notices of this kind."""
    rows = Counter(map(str, pks))
    yield from _differs(f"{what}, lines", rows, _lines(names))
    if kind:
        yield from _differs(f"{what}, notices", rows, _told(kind))


def _lines(names: list[str]) -> Counter[str]:
    from bankhall.apps.audit.models import Line

    return Counter(Line.objects.filter(name__in=names).values_list("subject_code", flat=True))


def _told(kind: str) -> Counter[str]:
    from bankhall.apps.notices.models import Notice

    return Counter(Notice.objects.filter(kind=kind).values_list("subject_code", flat=True))


def _differs(what: str, wanted: Counter[Any], found: Counter[Any]) -> Iterator[str]:
    if wanted != found:
        yield f"{what}: missing {dict(wanted - found)}, too many {dict(found - wanted)}"


def _counts(told: list[Plain]) -> Plain:
    """For the page of results."""
    from bankhall.apps.audit.models import Line
    from bankhall.apps.notices.models import Notice
    from bankhall.apps.rosters.models import Roster
    from bankhall.apps.runs.models import Run

    outcomes = Counter((row["act"], "refused" if row["outcome"] == "refused" else row["outcome"]) for row in told)
    runs = Counter(Run.objects.filter(kind="replan_day").values_list("state", flat=True))
    return {
        "acts": {act: {one: outcomes[act, one] for one in ("done", "refused", "unknown")} for act in NAMES},
        "lines": Line.objects.count(), "notices": Notice.objects.count(), "versions": Roster.objects.count(),
        "runs": dict(runs), "tried_again": Run.objects.filter(attempt__gt=1).count(),
        "codes": dict(Counter(row["answer"]["code"] for row in told if row["outcome"] == "refused")),
    }  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
