"""Errors in words: what did not happen, what was kept, what to do. Never a code alone."""

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
    "mapping_unreadable": ("映射文件读不懂：{reason}", "the mapping cannot be read: {reason}"),
    "mapping_unknown": ("没有名为 {name} 的映射", "there is no mapping named {name}"),
    "calendar_year_unknown": ("没有 {year} 年的日历，请先装入", "the calendar of {year} is not loaded; load it first"),
    "history_too_short": ("历史太短，暂时没法预测", "too little history to forecast yet"),
    # scope and rights
    "branch_out_of_scope": ("看不到网点 {branch_code}", "branch {branch_code} is not within reach"),
    "not_allowed": ("这一步不归当前角色做", "this role may not do that"),
    "role_may_not": ("{role:word}不能做这一步", "a {role:word} may not do that"),
    "sign_in_failed": ("账号或密码不对", "account or password is wrong"),
    "too_many_tries": ("试得太多，请 {minutes} 分钟后再来", "too many tries; come back in {minutes} minutes"),
    # pages
    "page_not_found": ("没有这一页，或不在可见范围内", "there is no such page, or it is out of reach"),
    "stale": (
        "页面打开后计划有了变化，请看过新内容再操作",
        "the plan changed since this page was opened; look again, then act",
    ),
}
