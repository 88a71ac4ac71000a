"""The rule pack of the demo bank: law and control, agreement, wishes, each with its source."""

from bankhall.kernel.bank.roster import Rule
from bankhall.kernel.breach import RuleClass

LABOUR = "劳动法 第36、38、41条；国务院关于职工工作时间的规定（1995）"
FEMALE = "女职工劳动保护特别规定（2012）"
CONTROL = "演示行内控制度（合成） Demo bank's control rules (synthetic)"
HOUSE = "演示行与工会的协议（合成） Demo bank's agreement with its staff (synthetic)"

_LAW: tuple[tuple[str, float, str, str], ...] = (
    ("hours_day", 480, "minutes", LABOUR),
    ("hours_week", 2400, "minutes", LABOUR),
    ("hours_week_average", 2640, "minutes", LABOUR),
    ("average_weeks", 4, "weeks", LABOUR),
    ("overtime_day", 180, "minutes", LABOUR),
    ("overtime_month", 2160, "minutes", LABOUR),
    ("rest_days_in_seven", 1, "days", LABOUR),
    ("nursing_minutes", 60, "minutes", FEMALE),
    ("no_overtime_protected", 1, "", FEMALE),
    ("certificate_valid", 1, "", CONTROL),
    ("two_person_presence", 2, "people", CONTROL),
    ("opening_pair", 2, "people", CONTROL),
    ("closing_pair", 2, "people", CONTROL),
    ("duty_people", 1, "", CONTROL),
    ("incompatible_duties", 1, "", CONTROL),
    ("probation_not_alone", 1, "", CONTROL),
    ("system_rights", 1, "", CONTROL),
    ("absence", 1, "", CONTROL),
    ("approval_overtime_minutes", 600, "minutes", CONTROL),
    ("approval_extra_cost", 300000, "fen", CONTROL),
)
_AGREED: tuple[tuple[str, float, str, str], ...] = (
    ("rest_between_shifts", 660, "minutes", HOUSE),
    ("consecutive_days", 6, "days", HOUSE),
    ("break_after", 360, "minutes", HOUSE),
    ("break_minutes", 60, "minutes", HOUSE),
    ("break_earliest", 660, "minutes from midnight", HOUSE),
    ("break_latest", 840, "minutes from midnight", HOUSE),
    ("split_shift", 1, "", HOUSE),
    ("saturdays_quarter", 2, "days", HOUSE),
    ("lunches_quarter", 8, "days", HOUSE),
    ("mandatory_leave_due", 400, "days", CONTROL),
    ("rotation_due", 1095, "days", CONTROL),
)


def rule_pack(greeted: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """Every rule of the demo bank; they hold always, and everywhere but for the lobby: at `greeted` branches one person
    of the hall is there whenever they are open."""
    return (
        *_rules("law_control", _LAW),
        *_rules("agreement", _AGREED),
        *_rules("wish", (("wish", 1, "", HOUSE),)),
        *(Rule("hall_presence", 1.0, "agreement", code, "people", HOUSE) for code in greeted),
    )


def _rules(kind: RuleClass, rows: tuple[tuple[str, float, str, str], ...]) -> tuple[Rule, ...]:
    return tuple(Rule(code, float(value), kind, "", unit, source) for code, value, unit, source in rows)
