"""Sentences about people and places: a breach, a conflict, an assignment. Names come from a `Names` table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.breach import Breach
from bankhall.wording import figures
from bankhall.wording.say import known, say, word


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called: people, branches, posts, duties, services, certificates. A missing name is its code."""

    staff: Mapping[str, Bilingual] = field(default_factory=dict)
    branches: Mapping[str, Bilingual] = field(default_factory=dict)
    posts: Mapping[str, Bilingual] = field(default_factory=dict)
    duties: Mapping[str, Bilingual] = field(default_factory=dict)
    services: Mapping[str, Bilingual] = field(default_factory=dict)
    certificates: Mapping[str, Bilingual] = field(default_factory=dict)

    def person(self, staff_no: str, language: str) -> str:
        """A person's name."""
        found = self.staff.get(staff_no)
        return (found.read(language) if found else "") or staff_no

    def post(self, code: str, language: str) -> str:
        """A post's name: the bank's own word, else ours."""
        found = self.posts.get(code)
        return (found.read(language) if found else "") or word(code, language)

    def duty(self, code: str, language: str) -> str:
        """A duty's name."""
        found = self.duties.get(code)
        return (found.read(language) if found else "") or code

    def service(self, code: str, language: str) -> str:
        """A service's name."""
        found = self.services.get(code)
        return (found.read(language) if found else "") or code

    def branch(self, code: str, language: str) -> str:
        """A branch's name."""
        found = self.branches.get(code)
        return (found.read(language) if found else "") or code

    def certificate(self, code: str, language: str) -> str:
        """A certificate's name."""
        found = self.certificates.get(code)
        return (found.read(language) if found else "") or code


class ConflictLike(Protocol):
    """One member of an irreducible conflicting set, as the science or the store gives it."""

    @property
    def rule_code(self) -> str: ...
    @property
    def staff_no(self) -> str: ...
    @property
    def business_date(self) -> date | None: ...
    @property
    def facts(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """What, and why it matters or where."""

    title: str
    detail: str = ""


def say_breach(breach: Breach, language: str, names: Names) -> Sentence:
    """A breach in one line, with the rule, the day and the time below it."""
    facts = breach_facts(breach, language, names)
    return Sentence(say(f"breach.{breach.rule_code}", language, **facts), where_of(breach, language))


def breach_facts(breach: Breach, language: str, names: Names) -> dict[str, object]:
    """The breach's own facts, with codes turned into names."""
    facts: dict[str, object] = dict(breach.facts)
    facts |= {"who": names.person(breach.staff_no, language), "branch": names.branch(breach.branch_code, language)}
    named = {kind: code for kind, _, code in (subject.partition(":") for subject in breach.subjects)}
    code = str(facts.get("code") or named.get("window") or "")
    duty = str(facts.get("duty_code") or named.get("duty") or "")
    certificate = str(facts.get("certificate_code") or facts.get("certificate") or named.get("certificate") or "")
    post = str(facts.get("post_code") or named.get("post") or "")
    facts |= {
        "code": code,
        "duty": names.duty(duty, language),
        "certificate": names.certificate(certificate, language),
        "post": names.post(post, language),
    }
    return facts


def where_of(breach: Breach, language: str) -> str:
    """`持证上岗，12 月 1 日 周二 14:30–17:00`."""
    parts = [rule_name(breach.rule_code, language)]
    if breach.business_date:
        when = figures.day_title(breach.business_date, language)
        if breach.start is not None and breach.end is not None:
            when += f" {figures.span(breach.start, breach.end)}"
        parts.append(when)
    return ("，" if figures.side(language) == "zh" else ", ").join(parts)


def rule_name(code: str, language: str) -> str:
    """What a rule is called."""
    return say(f"rule.{code}", language) if known(f"rule.{code}") else code


def say_conflict(member: ConflictLike, language: str, names: Names) -> str:
    """One member of an irreducible conflict: the rule, whom and when."""
    places = [names.person(member.staff_no, language)] if member.staff_no else []
    if member.business_date:
        places.append(figures.day_title(member.business_date, language))
    places += [str(value) for _, value in member.facts][: 2 if not places else 0]
    return say(f"conflict.{member.rule_code}", language, where=" ".join(places) or None)


def say_notice(kind: str, facts: Mapping[str, object], language: str, names: Names, *, family: str = "notice") -> str:
    """What somebody is told (or, in the family `group`, everybody), with the names of people, branches and posts."""
    called: dict[str, Callable[[str, str], str]] = {
        "who": names.person, "taker": names.person, "branch": names.branch, "to_branch": names.branch,
        "post": names.post,
    }  # fmt: skip
    told = {fact: called[fact](str(value), language) for fact, value in facts.items() if fact in called and value}
    short = f"one_day.{kind}"
    code = short if facts.get("first") == facts.get("last") and known(short) else f"{family}.{kind}"
    return say(code, language, **(dict(facts) | told))


def place_at(branch_code: str, here: str, language: str, names: Names) -> str:
    """The same for somebody who is lent: the branch stands before it."""
    return f"{names.branch(branch_code, language)} · {here}" if branch_code else here


def place(kind: str, code: str, post_code: str, language: str, names: Names) -> str:
    """Where somebody stands: a window, a post in the hall, a duty, a break."""
    if kind == "window":
        return say("word.window_n", language, code=code)
    if kind == "duty":
        return names.duty(code, language)
    if kind == "post":
        return names.post(code or post_code, language)
    return word(kind, language)
