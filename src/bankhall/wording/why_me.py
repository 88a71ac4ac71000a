"""Why somebody works a date, said to that person; every line follows from its facts (`why.CODE`)."""

REASONS: dict[str, tuple[str, str]] = {
    "share": (
        "本季{counted:word} {mine} 次；本网点 {people} 人最少 {low} 次，中间 {middle} 次，最多 {high} 次",
        "{counted:word} this quarter: {mine}; among the {people} of the branch {low} to {high}, middle {middle}",
    ),
    "by_hand": ("这一班是人手工定的，不是算出来的", "this shift was set by hand, not found by the search"),
    "lent_out": ("这天借去 {branch}，借用时经你确认", "lent to {branch} that day, as you agreed"),
    "wished_otherwise": ("你的意愿（{kind:word}）这天没能照顾", "your wish ({kind:word}) was not met that day"),
    "rests_on": (
        "若你不在，规则“{rule}”有 {times} 处守不住",
        "without you the rule “{rule}” would be broken {times} {times:time|times}",
    ),
    "left_short": (
        "若你不在又没人顶，会多缺 {half_hours} 个半小时，按 {extra_fen:yuan} 计价",
        "with nobody in your place {half_hours} more half {half_hours:hour is|hours are} short, {extra_fen:yuan}",
    ),
    "instead": ("{who}也能上这天：{terms}", "{who} could have it: {terms}"),
    "instead_strained": (
        "{who}也能上这天，但{rule}守不住（{breaches} 处）：{terms}",
        "{who} could have it, straining {rule} ({breaches}): {terms}",
    ),
    "a_colleague": ("一位同事", "a colleague"),
    "a_rule": ("本人情况", "a reason of their own"),
    "in_return": ("换你上{day:day}", "you have {day:day} in return"),
    "same_price": ("不多花钱", "at the same cost"),
    "fewer_saturdays": ("本季周六比你少 {n} 次", "{n} {n:Saturday|Saturdays} fewer than you this quarter"),
    "more_saturdays": ("本季周六比你多 {n} 次", "{n} {n:Saturday|Saturdays} more than you this quarter"),
    "even_saturdays": ("本季周六和你一样多", "as many Saturdays as you this quarter"),
    "only_you": ("这天没有别人能合规地替你", "nobody else could lawfully have this day"),
    "kept_away": (
        "{people} 人不能：规则“{rule}”不允许",
        "{people} {people:colleague|colleagues} may not: the rule “{rule}” forbids it",
    ),
    "kept_private": (
        "{people} 人因本人情况不能，原因不公开",
        "{people} {people:colleague|colleagues} may not for reasons of their own, which are not told",
    ),
    "at_work": ("{people} 人这天本来就在班", "{people} {people:colleague works|colleagues work} that day anyway"),
}
