"""Findings in words: what, with figures; and why it matters."""

FINDINGS: dict[str, tuple[str, str]] = {
    "unmet_need": (
        "{branch}：已发布的计划缺 {half_hours} 个半小时",
        "{branch}: the published plan is short in {half_hours} half {half_hours:hour|hours}",
    ),
    "promise_not_kept": (
        "{branch}：{week} 有 {half_hours} 个半小时没做到承诺（能判断的 {of} 个）",
        "{branch}: the promise was not kept in {half_hours} of {of} half {of:hour|hours} of {week}",
    ),
    "plan_not_kept": (
        "{branch}：{week} 有 {half_hours} 个半小时窗口人数少于排班（有记录的 {of} 个）",
        "{branch}: fewer stood there than planned in {half_hours} of {of} half {of:hour|hours} of {week}",
    ),
    "short": ("{start:clock}–{end:clock} {words}", "{words}, {start:clock}–{end:clock}"),
    "short_wait": (
        "{service}九成人要等到 {wait:whole} 分，承诺 {promise:whole} 分。",
        "{service}: one in ten waits over {wait:whole} min; the promise is {promise:whole}.",
    ),
    "short_detail": (
        "这段时间要 {required} 人，排了 {planned} 人。",
        "{required} {required:is|are} needed then; {planned} {planned:is|are} planned. ",
    ),
    "wait_over": (
        "{service} {start:clock}–{end:clock} 等候超过承诺",
        "{service}: waits over the promise, {start:clock}–{end:clock}",
    ),
    "calendar": ("{year} 年的日历还没有装入", "the calendar of {year} is not loaded"),
    "calendar_detail": ("发布前要装入这一年的日历。", "Load the calendar of that year before publishing."),
    "assumed": ("日历是假定的：{days}", "assumed calendar: {days}"),
    "nothing": ("没有要处理的事", "nothing stands in the way"),
    "things_before": ("{state}前还有 {n} 件事", "{n} {n:thing|things} before {state}"),
}
