"""Kinds of run: what a machine does, as the list of runs and the timetable name it."""

KINDS: dict[str, tuple[str, str]] = {
    "pick_up": ("查看收件箱", "look into the inbox"),
    "import": ("导入记录", "import records"),
    "tidy_lake": ("整理历史记录的文件", "tidy the files of the history"),
    "plan_branch": ("排一周的班", "plan a week"),
    "prove_roster": ("重新仿真等候", "prove a roster anew"),
    "attendance_branch": ("记四周的排班与承诺", "account for plan and promise"),
    "during_day": ("看一天剩下的时间", "look at the rest of a day"),
    "what_if": ("回答假设", "answer a what-if"),
    "lend_region": ("查找支援方案", "look for loans"),
    "season_branch": ("展望未来十二周", "look twelve weeks ahead"),
    "issue_forecast": ("发出预测", "issue forecasts"),
    "fit_speeds": ("学习个人办理用时", "learn people's pace"),
    "measure_branch": ("度量网点", "measure a branch"),
    "publish_due": ("到点发布", "publish at the set hour"),
    "close_requests": ("结清到期的申请", "close requests that are over"),
    "see_certificates": ("找只有一人持有的证书", "look for certificates that one person holds"),
    "lapse_loans": ("未答复的支援过期", "let unanswered loans lapse"),
}

TIMETABLE: dict[str, tuple[str, str]] = {
    "every_day": ("每天 {at}", "every day at {at}"),
    "on_days": ("每逢{days} {at}", "{days} at {at}"),
    "catches_up": ("补做 {n} 天", "catches up {n} {n:day|days}"),
    "off": ("停用", "switched off"),
    "failed": ("{n} 个未完成", "{n} failed"),
    "cancelled": ("{n} 个已取消", "{n} cancelled"),
    "running": ("{n} 个进行中", "{n} running"),
    "queued": ("{n} 个排队中", "{n} waiting"),
    "done": ("{n} 个完成", "{n} done"),
    "stopping": ("正在停止", "it is being stopped"),
    "seconds": ("{n} 秒", "{n} s"),
    "minutes": ("{n} 分钟", "{n} min"),
}
