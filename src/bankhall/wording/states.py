"""States, the moves between them, and whose turn it is."""

STATES: dict[str, tuple[str, str]] = {
    "roster.draft": ("草稿", "draft"),
    "roster.proposed": ("待确认", "proposed"),
    "roster.confirmed": ("主管已确认", "confirmed"),
    "roster.approved": ("分行已批准", "approved"),
    "roster.published": ("已发布", "published"),
    "roster.superseded": ("已被取代", "superseded"),
    "roster.rejected": ("已退回", "sent back"),
    "roster.none": ("未排", "not planned"),
    "roster.infeasible": ("无解", "no feasible plan"),
    "step.draft": ("草稿", "draft"),
    "step.proposed": ("已提交", "proposed"),
    "step.confirmed": ("主管已确认", "confirmed"),
    "step.approved": ("分行已批准", "approved"),
    "step.published": ("已发布", "published"),
    "run.queued": ("排队中", "queued"),
    "run.running": ("进行中", "running"),
    "run.done": ("完成", "done"),
    "run.failed": ("未完成", "failed"),
    "run.cancelled": ("已取消", "cancelled"),
    "run.stale": ("已过时", "stale"),
    "import.taken": ("已导入", "imported"),
    "import.read": ("已读取", "read"),
    "import.uploaded": ("已上传", "uploaded"),
    "import.preparing": ("读取中", "reading"),
    "import.prepared": ("待写入", "ready to write"),
    "import.publishing": ("写入中", "writing"),
    "import.done": ("已导入", "imported"),
    "import.failed": ("未导入", "not imported"),
    "finding.open": ("未处理", "open"),
    "finding.resolved": ("已消除", "gone"),
    "finding.dismissed": ("不处理", "dismissed"),
    "metric.draft": ("草稿", "draft"),
    "metric.reviewed": ("已复核", "reviewed"),
}

MOVES: dict[str, tuple[str, str]] = {
    "propose": ("提交", "Propose"),
    "confirm": ("确认", "Confirm"),
    "approve": ("批准", "Approve"),
    "publish": ("发布", "Publish"),
    "reject": ("退回", "Send back"),
    "return": ("退回", "Send back"),
    "refuse": ("不批准", "Refuse"),
    "take_back": ("撤回", "Take back"),
    "withdraw": ("撤回", "Withdraw"),
}

AWAITS: dict[str, tuple[str, str]] = {
    "propose": ("等网点负责人提交", "branch manager proposes"),
    "confirm": ("等主管确认", "supervisor confirms"),
    "approve": ("等分行批准", "region approves"),
    "publish": ("等网点负责人发布", "branch manager publishes"),
    "named": ("等{who}{step}", "waits for {who} to {step}"),
}

QUESTIONS: dict[str, tuple[str, str]] = {
    "propose": ("提交第 {version} 版？", "Propose version {version}?"),
    "confirm": ("确认第 {version} 版符合控制规则？", "Confirm that version {version} keeps the control rules?"),
    "approve": ("批准第 {version} 版的加班和增支？", "Approve the overtime and extra cost of version {version}?"),
    "publish": ("发布第 {version} 版？", "Publish version {version}?"),
    "reject": ("退回第 {version} 版？", "Send version {version} back?"),
}

DONE: dict[str, tuple[str, str]] = {
    "propose": ("已提交", "proposed"),
    "confirm": ("已确认", "confirmed"),
    "approve": ("已批准", "approved"),
    "publish": ("已发布", "published"),
    "return": ("已退回", "sent back"),
    "refuse": ("未获批准，已退回", "not approved, sent back"),
    "take_back": ("已撤回", "taken back"),
    "reject": ("已退回", "sent back"),
}

ACTS: dict[str, tuple[str, str]] = {
    "access.grant": ("授权", "grant a role"),
    "access.revoke": ("收回授权", "revoke a role"),
    "findings.dismiss": ("不处理发现", "dismiss a finding"),
    "findings.see": ("查看发现", "see findings"),
    "identity.change_password": ("修改密码", "change the password"),
    "identity.close_account": ("停用账号", "close an account"),
    "identity.open_account": ("开立账号", "open an account"),
    "identity.set_language": ("选择语言", "choose a language"),
    "identity.sign_in": ("登录", "sign in"),
    "identity.sign_in_failed": ("登录未成", "failed sign-in"),
    "identity.sign_out": ("退出", "sign out"),
    "imports.add_mapping": ("添加映射", "add a mapping"),
    "imports.edit_reference": ("修改基础资料", "edit reference records"),
    "imports.export": ("导出记录", "export records"),
    "imports.refuse": ("拒收导入", "refuse an import"),
    "imports.start": ("开始导入", "start an import"),
    "imports.take": ("收下导入", "take an import"),
    "imports.upload": ("上传文件", "upload a file"),
    "metrics.install": ("登记指标", "register metrics"),
    "metrics.record": ("记录度量", "record measurements"),
    "runs.cancel": ("取消任务", "cancel a run"),
    "trail.see": ("查看留痕", "see the trail"),
    "trail.verify": ("核验留痕", "verify the trail"),
}

SUBJECTS: dict[str, tuple[str, str]] = {
    "batch": ("导入", "import"),
    "file": ("文件", "file"),
    "folder": ("文件夹", "folder"),
    "finding": ("发现", "finding"),
    "grant": ("授权", "grant"),
    "mapping": ("映射", "mapping"),
    "metric": ("指标", "metric"),
    "roster": ("计划", "plan"),
    "run": ("任务", "run"),
    "user": ("账号", "account"),
}

FAULTS: dict[str, tuple[str, str]] = {
    "hole_in_chain": ("链在第 {place} 号断开", "the chain has a hole at {place}"),
    "line_gone": ("第 {place} 行不见了", "line {place} is gone"),
    "line_changed": ("第 {place} 行被改过", "line {place} was changed"),
    "chain_broken": ("第 {place} 号与前一号对不上", "place {place} does not follow from the one before"),
    "head_misfits": ("链头在第 {place} 号对不上", "the head does not fit at {place}"),
    "seal_forged": ("第 {place} 枚封条是假的", "seal {place} is forged"),
    "seal_misfits": ("第 {place} 枚封条对不上", "seal {place} does not fit"),
    "seals_end_elsewhere": ("封条止于第 {place} 号", "the seals end at {place}"),
    "outside_seals_missing": ("库外的封条文件 {place} 不见了", "the outside seals {place} are missing"),
    "outside_seal_not_inside": ("库外第 {place} 枚封条库内没有", "outside seal {place} is not inside"),
    "act_without_line": ("操作 {place} 没有留痕", "act {place} left no line"),
    "act_with_two_lines": ("操作 {place} 留了两行", "act {place} left two lines"),
    "line_without_act": ("第 {place} 行没有对应的操作", "line {place} belongs to no act"),
}

PROGRESS: dict[str, tuple[str, str]] = {
    "reading": ("读取文件。", "reading the files."),
    "checking": ("逐行核对。", "checking every row."),
    "settling": ("与已有记录对照。", "comparing with what is on record."),
    "publishing": ("写入。", "writing."),
    "forecast": ("预测到访。", "forecasting arrivals."),
    "staffing": ("推算人手。", "working out people."),
    "roster": ("排班。", "making the roster."),
    "proof": ("模拟检验。", "proving by simulation."),
}
