"""Who works: posts, staff, certificates, protections, absences, post history."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bankhall.kernel.bank.branch import WindowKind
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.bilingual import Bilingual

Contract = Literal["formal", "dispatched", "outsourced"]
ProtectionKind = Literal["nursing", "late_pregnancy", "no_overtime"]
AbsenceKind = Literal["leave", "mandatory_leave", "sick", "training", "elsewhere", "missing"]
AbsenceState = Literal["asked", "granted", "refused"]


@dataclass(frozen=True, slots=True)
class Post:
    """What a person is rostered as. With window kinds it mans such windows; without, it stands in the hall."""

    post_code: str
    name: Bilingual = Bilingual()
    window_kinds: tuple[WindowKind, ...] = ()
    alone_allowed: bool = True
    counts_for_presence: bool = False
    incompatible_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateKind:
    """A kind of certificate."""

    certificate_code: str
    name: Bilingual = Bilingual()


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff. `posts` are those they may hold, the usual one first; balances hold on `balances_on`."""

    staff_no: str
    name: str
    branch_code: str
    contract: Contract = "formal"
    probation_until: date | None = None
    hours_week: float = 40.0
    posts: tuple[str, ...] = ()
    system_rights: tuple[str, ...] = ()
    overtime_minutes_month: int = 0
    comp_minutes: int = 0
    leave_days_left: float = 0.0
    balances_on: date | None = None
    employed_from: date | None = None
    employed_until: date | None = None
    name_latin: str = ""

    def called(self) -> Bilingual:
        """The name as it is written, and in Latin letters where the bank gives them."""
        return Bilingual(self.name, self.name_latin)

    def employed_on(self, day: date) -> bool:
        """Whether they are with the bank on a date."""
        return (self.employed_from or day) <= day <= (self.employed_until or day)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Held on the dates of its validity; expired is not held."""

    staff_no: str
    certificate_code: str
    validity: Validity = Validity()


@dataclass(frozen=True, slots=True)
class Protection:
    """A protected state with its dates."""

    staff_no: str
    kind: ProtectionKind
    validity: Validity = Validity()


@dataclass(frozen=True, slots=True)
class Absence:
    """Local instants, half open; a whole day runs to the next midnight. Only `granted` binds."""

    staff_no: str
    starts_at: datetime
    ends_at: datetime
    kind: AbsenceKind
    state: AbsenceState


@dataclass(frozen=True, slots=True)
class PostSpan:
    """Who held which post where (rotation 轮岗 is checked on it)."""

    staff_no: str
    post_code: str
    branch_code: str
    validity: Validity = Validity()
