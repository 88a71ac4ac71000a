"""The year's mandatory leave and rotation: states, acts, refusals, and what takes a week."""

ERRORS: dict[str, tuple[str, str]] = {
    "year_week": ("没有这一周的安排", "there is no such week"),
    "year_week_not_now": (
        "这一周{state:word}，不能再改。最近一步：{last:act}",
        "this week is {state:word}; it can no longer be changed. Last step: {last:act}",
    ),
    "year_week_begun": ("这一周已经开始，不能取消", "the week has begun; it cannot be released"),
    "year_week_outside": (
        "只能安排从下下周起一年内的周",
        "only weeks of the year from the week after next can be given",
    ),
    "year_week_hindered": ("这一周排不上：{why:word}", "that week does not go: {why:word}"),
    "own_year_week": (
        "自己的强制休假和轮岗由别人定",
        "somebody else decides on one's own mandatory leave and rotation",
    ),
}

STATES: dict[str, tuple[str, str]] = {
    "year_week.proposed": ("建议", "proposed"),
    "year_week.fixed": ("已定", "fixed"),
    "year_week.released": ("已取消", "released"),
    "year_week.overtaken": ("已被新安排取代", "overtaken"),
}

ACTS: dict[str, tuple[str, str]] = {
    "rosters.plan_year": ("安排全年强制休假和轮岗", "plan the year's mandatory leave and rotation"),
    "rosters.move_year_week": ("改到另一周", "move somebody's week"),
    "rosters.fix_year_week": ("定下一周", "fix somebody's week"),
    "rosters.release_year_week": ("取消已定的一周", "release a fixed week"),
    "rosters.note_year": ("主管已阅全年安排", "note the year's fixed weeks"),
}

SUBJECTS: dict[str, tuple[str, str]] = {"year_week": ("强制休假或轮岗的一周", "week of mandatory leave or rotation")}

YEAR: dict[str, tuple[str, str]] = {
    "peak": ("节假日高峰", "holiday peak"),
    "short": ("淡旺季预测排不出人", "cannot be staffed by the season's outlook"),
    "planned": ("已有排班", "already rostered"),
    "away_anyway": ("本人那周已不在", "the person is away anyway"),
    "other_away": ("同岗或替岗的人那周不在", "a stand-in or holder of the same post is away"),
    "post_full": ("同岗那周不在的人已满", "as many of the post are away as may be"),
    "peak_short": ("高峰", "peak"),
    "short_short": ("缺人", "short"),
    "planned_short": ("已排", "rostered"),
    "in_weeks": ("{why}占 {n} 周", "{n} {n:week|weeks}: {why}"),
    "no_week": ("到期前没有一周", "no week is left before it is due"),
    "because_of": ("冲突的人：{people_names}", "in the way: {people_names}"),
    "since": ("从 {since} 算起，{due} 到期", "counted since {since}, due {due}"),
    "post_since": ("{post}，{since} 任起，{due} 到期", "{post} since {since}, due {due}"),
}
