"""How quick people are at the same work, in words: never beside another person's figure, always with its range."""

PACE: dict[str, tuple[str, str]] = {
    "minutes": ("{n:one} 分", "{n:one} min"),
    "range": ("{low:one}–{high:one} 分", "{low:one}–{high:one} min"),
    "from": (
        "{first:date}至{last:date}，您办理的 {n} 笔业务",
        "{n} {n:service|services} of yours, from {first:date} to {last:date}",
    ),
    "branch_from": ("{first:date}至{last:date}的办理记录", "records of services from {first:date} to {last:date}"),
    "quicker": ("您的用时比网点均值短", "You take less time than the mean of your branch"),
    "slower": ("您的用时比网点均值长", "You take more time than the mean of your branch"),
    "alike": ("您的用时与网点均值分不出差别", "Your time cannot be told from the mean of your branch"),
    "too_few": (
        "记录太少，说不准（{n} 笔，至少要 {least} 笔）",
        "too few to say ({n} {n:service|services}, at least {least} are needed)",
    ),
    "alone": ("没有同事办同样的业务，无从比较", "nobody else gives the same services: nothing to compare with"),
    "none": (
        "最近八周没有记到您名下的业务，或还没有算过（每晚算一次）",
        "no service of the last eight weeks is in your name, or nobody has looked yet (every night does)",
    ),
}
