"""Importing in words: why a row was put aside, what the reader noticed, what the records allow and what they lack."""

REJECTIONS: dict[str, tuple[str, str]] = {
    "unreadable": ("“{column}”读不懂", '"{column}" cannot be read'),
    "missing": ("“{column}”没有填", '"{column}" is empty'),
    "not_allowed": ("“{column}”不在允许的取值里", '"{column}" is not one of the allowed values'),
    "out_of_range": ("“{column}”超出范围", '"{column}" is out of range'),
    "unmapped_value": ("映射里没有“{column}”的这个值", 'the mapping does not know this value of "{column}"'),
    "ends_before_start": ("“{column}”早于开始", '"{column}" is before the start'),
    "time_runs_back": ("“{column}”比前一个时间早", '"{column}" is earlier than the time before it'),
    "longer_than_a_day": ("到“{column}”超过一天", 'more than a day until "{column}"'),
    "not_on_business_date": ("“{column}”不在营业日期当天", '"{column}" is not on the business date'),
    "not_in_week": ("“{column}”不在这一周里", '"{column}" is not in the week'),
    "zone_unknown": ("不认识的时区", "the zone is not known"),
    "half_open": ("开始和结束只填了一个", "only one of opening and closing is filled in"),
    "both_service_and_family": ("业务和业务大类只能填一个", "only one of service and family may be filled in"),
    "unknown_reference": ("“{column}”的代码不在 {refers_to} 里", 'the code of "{column}" is not in {refers_to}'),
    "far_from_visit": ("“{column}”离到店时间太远", '"{column}" is far from the arrival'),
    "key_conflict": ("同键的行内容不一样", "rows with the same key differ"),
    "part_of_rejected_row": ("同一行的另一部分没有收下", "another part of the same row was not taken"),
    "wrong_number_of_cells": ("这一行的列数和表头不同", "the row has not as many cells as the header"),
    "broken_quotes": ("这一行的引号不成对", "the quotes of this row do not close"),
    "control_character": ("这一行里有不可见的控制字符", "the row holds a control character"),
    "wrong_encoding": ("这一行有别的编码的字", "the row holds text of another encoding"),
    "formula": ("这一行里有公式，只收数值", "the row holds a formula; only values are taken"),
    "spreadsheet_error": ("这一行里有算错的单元格", "the row holds a cell that failed to compute"),
    "not_mended": ("这一行还没有改", "the row was not mended yet"),
}

NOTES: dict[str, tuple[str, str]] = {
    "unknown_column": ("列“{column}”用不上，没有读入", 'column "{column}" is not used and was left out'),
    "customer_key_left_out": (
        "{rows:whole} 行没有客户号，已留空",
        "{rows:whole} {rows:row has|rows have} no customer number; left empty",
    ),
    "last_line_unterminated": (
        "{files} 个文件的最后一行不完整，没有收下",
        "the last line of {files} {files:file|files} is cut off and was not taken",
    ),
    "optional_column_missing": ("缺少列“{column}”，当作没有填", 'column "{column}" is not there; taken as empty'),
    "encoding_detected": (
        "{files} 个文件看起来是 {encoding} 编码",
        "{files} {files:file looks|files look} like {encoding}",
    ),
    "rows_rejected": ("{rows:whole} 行放开：{column}", "{rows:whole} {rows:row|rows} put aside: {column}"),
    "placeholder_value": ("“{column}”里的 {value} 当作没有填", '{value} in "{column}" was taken as empty'),
    "made_no_row": ("{rows:whole} 行没有内容可取", "{rows:whole} {rows:row|rows} held nothing to take"),
    "reference_unchecked": (
        "“{column}”还没有可对照的 {refers_to}，先照收",
        '"{column}" was taken unchecked: there is no {refers_to} yet',
    ),
    "clock_drift": (
        "{rows:whole} 行的时钟差在 {seconds} 秒内，照收",
        "{rows:whole} {rows:row drifts|rows drift} by up to {seconds} {seconds:second|seconds}; taken",
    ),
    "queued_before_arrival": (
        "{rows:whole} 行取号早于到店，按取号算",
        "{rows:whole} {rows:row queues|rows queue} before arriving; the queue time counts",
    ),
    "complete_days_not_held": (
        "有 {rejected:whole} 行放开，旧行没有去掉",
        "{rejected:whole} {rejected:row was|rows were} put aside, so no old row was removed",
    ),
    "removed_rows": ("去掉了 {rows:whole} 行旧记录", "{rows:whole} old {rows:row was|rows were} removed"),
}

ALLOWS: dict[str, tuple[str, str]] = {
    "no_start_times": (
        "没有开始时间：业务时长按叫号推算，等候承诺不能精确到分钟",
        "no start times: service time is estimated from calls; the wait promise cannot be proved to the minute",
    ),
    "some_start_times_missing": (
        "{share:percent} 的业务没有开始时间，按叫号推算",
        "{share:percent} of steps lack a start; estimated from calls",
    ),
    "no_call_times": ("没有叫号时间：看不出等了多久", "no call times: waits are not known"),
    "some_call_times_missing": ("{share:percent} 的业务没有叫号时间", "{share:percent} of steps lack a call time"),
    "no_end_times": (
        "没有结束时间：业务时长用目录里的典型值",
        "no end times: typical minutes of the catalogue stand in",
    ),
    "some_end_times_missing": (
        "{share:percent} 的业务没有结束时间，不计入时长",
        "{share:percent} of steps lack an end; left out of service times",
    ),
    "no_windows": ("没有窗口号：看不出开了几个窗", "no windows: how many were open is not known"),
    "some_windows_missing": ("{share:percent} 的业务没有窗口号", "{share:percent} of steps name no window"),
    "no_staff": ("没有办理人：快慢不分人", "nobody is named: one speed for all"),
    "served_without_staff": (
        "{rows:whole} 笔业务没有办理人",
        "{rows:whole} {rows:served step names|served steps name} nobody",
    ),
    "long_services": (
        "{rows:whole} 笔超过 {over_minutes} 分钟，不计入时长",
        "{rows:whole} {rows:service|services} over {over_minutes} min; left out of service times",
    ),
    "zero_second_services": (
        "{rows:whole} 笔时长为零，不计入时长",
        "{rows:whole} {rows:service|services} of no length; left out of service times",
    ),
    "counts_only": (
        "只有到访人数：能预测，不能算等候和时长",
        "counts only: arrivals can be forecast, waits and service times cannot",
    ),
    "no_leaving_times": ("没有离开时间：愿意等多久只能按叫号推算", "no leaving times: patience is read from the calls"),
    "missing_days": (
        "{branch_code} 有 {days} 个营业日没有记录",
        "{branch_code}: {days} {days:open day has|open days have} no record",
    ),
    "short_history": (
        "{branch_code} 只有 {days} 天记录，最好有 {wanted} 天",
        "{branch_code}: {days} {days:day|days} on record, {wanted} are wanted",
    ),
}
