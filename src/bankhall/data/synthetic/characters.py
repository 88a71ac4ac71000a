"""Kinds of branch: who comes, when, for what, and how many people stand there. All figures are invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SERVICES = ("cash", "remit", "account", "card", "corporate", "loan", "wealth")


@dataclass(frozen=True, slots=True)
class Character:
    """A kind of branch.

    `visits` of an ordinary weekday; `mix` shares of SERVICES; `humps` are (centre minute, width, weight) of the day's
    arrivals; `weekdays` factors Monday to Sunday; effects multiply the day's arrivals. `people` by post.
    `hours` of Monday to Friday; Saturday and Sunday in their own fields (None = closed); `lunch` closes the doors.
    """

    name_zh: str
    name_en: str
    kind: str
    visits: float
    mix: tuple[float, ...]
    humps: tuple[tuple[float, float, float], ...]
    people: Mapping[str, int]
    weekdays: tuple[float, ...] = (1.12, 1.0, 0.96, 0.97, 1.04, 0.62, 0.5)
    hours: tuple[int, int] = (540, 1020)
    saturday: tuple[int, int] | None = (540, 780)
    sunday: tuple[int, int] | None = None
    lunch: tuple[int, int] | None = None
    elderly: float = 0.2
    effects: Mapping[str, float] = field(default_factory=dict)
    windows: Mapping[str, int] = field(default_factory=lambda: {"cash": 4, "open_desk": 3, "adviser": 2})


MORNING = ((590.0, 45.0, 0.55), (660.0, 60.0, 0.25), (880.0, 70.0, 0.2))
TWO_HUMPS = ((610.0, 55.0, 0.5), (880.0, 75.0, 0.5))
LUNCH = ((600.0, 50.0, 0.25), (735.0, 50.0, 0.45), (960.0, 60.0, 0.3))
EARLY = ((560.0, 40.0, 0.5), (680.0, 70.0, 0.3), (860.0, 80.0, 0.2))
FLAT = ((640.0, 110.0, 0.5), (860.0, 110.0, 0.5))

OLD_MIX = (0.50, 0.16, 0.09, 0.12, 0.05, 0.03, 0.05)
OFFICE_MIX = (0.28, 0.16, 0.13, 0.15, 0.19, 0.04, 0.05)
MARKET_MIX = (0.55, 0.20, 0.06, 0.07, 0.09, 0.01, 0.02)
COUNTY_MIX = (0.46, 0.17, 0.11, 0.11, 0.08, 0.04, 0.03)
CAMPUS_MIX = (0.30, 0.17, 0.17, 0.27, 0.04, 0.03, 0.02)
MIXED = (0.38, 0.16, 0.12, 0.13, 0.12, 0.04, 0.05)

OLD = {"pension_day": 1.45, "payday": 1.03, "day_after_holiday": 1.22, "day_before_holiday": 0.92}
OFFICES = {"pension_day": 1.04, "payday": 1.18, "day_after_holiday": 1.28, "tax_deadline": 1.10, "month_end": 1.08}
TOWN = {"pension_day": 1.28, "payday": 1.06, "day_after_holiday": 1.18, "spring_near_before": 1.25}
PLAIN = {"pension_day": 1.15, "payday": 1.10, "day_after_holiday": 1.25, "spring_near_before": 1.12}

OFFICE_WEEK = (1.16, 1.02, 0.96, 0.97, 1.05, 0.3, 0.2)


def _people(teller: int, universal: int, manager: int, authoriser: int = 1, lobby: int = 1) -> dict[str, int]:
    return {
        "branch_manager": 1, "authoriser": authoriser, "teller": teller, "universal_teller": universal,
        "relationship_manager": manager, "lobby_manager": lobby,
    }  # fmt: skip


def _windows(cash: int, open_desk: int, adviser: int) -> dict[str, int]:
    return {"cash": cash, "open_desk": open_desk, "adviser": adviser}


CHARACTERS = (
    Character("江州营业部", "Jiangzhou Main", "flagship", 212, MIXED, TWO_HUMPS, _people(4, 5, 3, lobby=2),
              effects=PLAIN, windows=_windows(6, 6, 4)),
    Character("梧桐街支行", "Wutong Street", "residential_elderly", 140, OLD_MIX, MORNING, _people(4, 3, 2, lobby=2),
              elderly=0.45, effects=OLD, windows=_windows(4, 3, 2)),
    Character("老城支行", "Old Town", "residential_elderly", 132, OLD_MIX, EARLY, _people(4, 3, 2),
              elderly=0.42, effects=OLD, windows=_windows(4, 3, 2)),
    Character("金融城支行", "Finance City", "offices", 150, OFFICE_MIX, LUNCH, _people(3, 5, 3, lobby=2), saturday=None,
              weekdays=OFFICE_WEEK, elderly=0.05, effects=OFFICES, windows=_windows(4, 5, 3)),
    Character("码头市场支行", "Matou Market", "market", 125, MARKET_MIX, EARLY, _people(3, 2, 1), hours=(510, 990),
              saturday=(510, 990), weekdays=(1.05, 0.98, 0.95, 0.98, 1.06, 1.1, 0.6), elderly=0.22, effects=PLAIN,
              windows=_windows(4, 2, 1)),
    Character("城东支行", "Chengdong", "offices", 128, OFFICE_MIX, LUNCH, _people(3, 5, 3), weekdays=OFFICE_WEEK,
              elderly=0.08, effects=OFFICES, windows=_windows(4, 5, 2)),
    Character("南湖支行", "Nanhu", "residential", 105, MIXED, TWO_HUMPS, _people(3, 4, 3), effects=PLAIN,
              windows=_windows(4, 4, 2)),
    Character("大学路支行", "University Road", "campus", 95, CAMPUS_MIX, FLAT, _people(3, 4, 1), lunch=(720, 780),
              saturday=None, elderly=0.06, effects={"payday": 1.05, "day_after_holiday": 1.2},
              windows=_windows(3, 4, 1)),
    Character("北站支行", "North Station", "hub", 108, MIXED, FLAT, _people(4, 4, 3), saturday=(540, 960),
              sunday=(600, 840), weekdays=(1.03, 0.98, 0.97, 1.0, 1.1, 0.8, 0.55), elderly=0.15,
              effects={"payday": 1.05, "day_before_holiday": 1.2, "day_after_holiday": 1.15},
              windows=_windows(4, 4, 2)),
    Character("高新园支行", "Hi-tech Park", "offices", 112, OFFICE_MIX, LUNCH, _people(3, 4, 3), weekdays=OFFICE_WEEK,
              elderly=0.04, effects=OFFICES, windows=_windows(4, 4, 2)),
    Character("云溪县支行", "Yunxi County", "county_town", 104, COUNTY_MIX, EARLY, _people(3, 2, 1), hours=(510, 990),
              saturday=(510, 750), elderly=0.3, effects=TOWN, windows=_windows(3, 3, 2)),
    Character("西岭镇支行", "Xiling Town", "county_town", 48, COUNTY_MIX, EARLY, _people(3, 3, 1), hours=(510, 990),
              saturday=(510, 750), elderly=0.33, effects=TOWN, windows=_windows(3, 2, 1)),
)  # fmt: skip

MORE_PLACES = (
    ("春晓路", "Chunxiao Road"), ("云栖巷", "Yunqi Lane"), ("桂花园", "Guihua Garden"), ("石桥", "Shiqiao"),
    ("临江门", "Linjiang Gate"), ("柳林", "Liulin"), ("凤凰山", "Fenghuang Hill"), ("白鹭洲", "Bailu Islet"),
    ("钟楼", "Bell Tower"), ("望湖", "Wanghu"), ("青年路", "Qingnian Road"), ("东渡口", "Dongdu Ferry"),
)  # fmt: skip

NEWEST = "西岭镇支行"
"""Opened seven weeks before the records end."""

MARKET = "码头市场支行"
"""Its next week but one cannot have two people present on the Saturday."""
