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

ERRORS: dict[str, tuple[str, str]] = {
    # reading values
    "time_unreadable": ("“{text}”不是时间，请写成 09:30", '"{text}" is not a time; write 09:30'),
    "week_unreadable": ("“{text}”不是周，请写成 2026-W49", '"{text}" is not a week; write 2026-W49'),
    "date_unreadable": ("“{text}”不是日期，请写成 2026-11-30", '"{text}" is not a date; write 2026-11-30'),
    "row_unreadable": ("表 {table} 有一行读不懂：{reason}", "a row of {table} cannot be read: {reason}"),
    # files
    "file_not_found": ("找不到文件 {file}", "file {file} is not there"),
    "file_empty": ("{file} 是空的，什么也没有导入", "{file} is empty; nothing was imported"),
    "file_damaged": (
        "{file} 已损坏，什么也没有导入；请重新导出",
        "{file} is damaged; nothing was imported. Export it again",
    ),
    "file_encrypted": ("{file} 加了密，请去掉密码后再传", "{file} is encrypted; remove the password and send it again"),
    "file_hostile": ("{file} 的内容不安全，没有打开", "{file} holds something unsafe and was not opened"),
    "file_kind_unknown": (
        "不认识 {file} 的格式，请用 CSV、XLSX 或 Parquet",
        "{file} is of no known kind; use CSV, XLSX or Parquet",
    ),
    "file_not_text": ("{file} 不是文本文件", "{file} is not a text file"),
    "file_too_large": ("{file} 太大，没有读；请分成几个文件", "{file} is too large and was not read; split it"),
    "file_unpacks_too_large": ("{file} 解压后太大，没有读", "{file} unpacks to too much and was not read"),
    "file_unreadable": ("{file} 读不出来，什么也没有导入", "{file} cannot be read; nothing was imported"),
    "wrong_encoding": ("{file} 不是 {encoding} 编码", "{file} is not encoded as {encoding}"),
    "encoding_unknown": (
        "看不出 {file} 的编码，请说明是 UTF-8 还是 GB18030",
        "the encoding of {file} is not clear; state UTF-8 or GB18030",
    ),
    "header_missing": ("{file} 没有表头", "{file} has no header row"),
    "column_twice": ("{file} 里列“{column}”出现了两次", '{file} has the column "{column}" twice'),
    "column_nested": ("{file} 的列“{column}”不是单个值", 'the column "{column}" of {file} holds no single values'),
    "column_missing": ("{file} 缺少列“{column}”", '{file} lacks the column "{column}"'),
    "too_many_columns": ("{file} 的列太多，没有读", "{file} has too many columns and was not read"),
    "sheet_not_found": ("{file} 里没有工作表“{sheet}”", '{file} has no sheet "{sheet}"'),
    "exchange_version_unknown": (
        "{file} 的版本不认识，请用新版本导出",
        "the version of {file} is not known; export with a newer one",
    ),
    "slot_minutes_unknown": ("{file} 的时段只能是 15 或 30 分钟", "slots in {file} must be 15 or 30 minutes"),
    "zone_unknown": ("不认识时区“{zone}”", 'the zone "{zone}" is not known'),
    "service_unknown": ("不认识业务 {service_codes}", "services not known: {service_codes}"),
    "table_missing": ("缺少表 {table}，{what_for}要用它", "the table {table} is missing; {what_for} needs it"),
    "table_unknown": ("没有名为 {table} 的表", "there is no table named {table}"),
    "file_of_no_table": (
        "看不出 {file} 是哪张表：请选一个映射，或把文件名改成表名，例如 visits.csv",
        "{file} is named like no table: choose a mapping, or name the file after its table, for example visits.csv",
    ),
    "mapping_unreadable": ("映射文件读不懂：{reason}", "the mapping cannot be read: {reason}"),
    "mapping_unknown": ("没有名为 {name} 的映射", "there is no mapping named {name}"),
    "rule": ("没有这条规则", "there is no such rule"),
    "rule_source_needed": ("规则要写明依据", "a rule needs its source"),
    "rule_in_the_past": (
        "最早从 {day:day} 起：过去按当时的规则评判",
        "{day:day} at the earliest: the past is judged by what held then",
    ),
    "rule_ends_before_it_starts": ("最后一天早于生效日", "the last day is before the first"),
    "rule_value_unreadable": ("“{text}”不是可用的数值", '"{text}" is no value that a rule can have'),
    "calendar_year_unknown": ("没有 {year} 年的日历，请先装入", "the calendar of {year} is not loaded; load it first"),
    "history_too_short": ("历史太短，暂时没法预测", "too little history to forecast yet"),
    "form_incomplete": ("表单不完整，什么也没有改", "the form is not complete; nothing was changed"),
}
"""What a file or a value in it may be refused for."""
