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
    "withdraw": ("撤回", "Withdraw"),
}

AWAITS: dict[str, tuple[str, str]] = {
    "propose": ("等网点负责人提交", "branch manager proposes"),
    "confirm": ("等主管确认", "supervisor confirms"),
    "approve": ("等分行批准", "region approves"),
    "publish": ("等网点负责人发布", "branch manager publishes"),
    "named": ("等{who}{step}", "waits for {who} to {step}"),
}

ACTS: dict[str, tuple[str, str]] = {}
