"""What the audit trail's check may find, and what its lines are about."""

FAULTS: dict[str, tuple[str, str]] = {
    "line_changed": ("第 {place} 条记录被改动", "line {place} was changed"),
    "line_gone": ("第 {place} 条记录不见了", "line {place} is gone"),
    "hole_in_chain": ("链上缺第 {place} 位", "place {place} is missing from the chain"),
    "chain_broken": ("链在第 {place} 位断开", "the chain breaks at place {place}"),
    "head_misfits": ("链尾（第 {place} 位）对不上", "the chain's end (place {place}) does not fit"),
    "seal_forged": ("第 {place} 枚封印的签名不对", "the signature of seal {place} is wrong"),
    "seal_misfits": ("第 {place} 枚封印与链对不上", "seal {place} does not fit the chain"),
    "seals_end_elsewhere": ("封印止于第 {place} 位，与链不一致", "the seals end at place {place}, the chain elsewhere"),
    "outside_seals_missing": ("库外的封印文件 {place} 不见了", "the outside file of seals, {place}, is missing"),
    "outside_seal_not_inside": (
        "库外有到第 {place} 位的封印，库内没有",
        "a seal up to place {place} stands outside and not inside the database",
    ),
    "act_without_line": ("操作 {place} 没有留下记录", "act {place} has no line"),
    "act_with_two_lines": ("操作 {place} 有两条记录", "act {place} has two lines"),
    "line_without_act": ("第 {place} 条记录没有对应的操作", "line {place} belongs to no act"),
}

SUBJECTS: dict[str, tuple[str, str]] = {
    "batch": ("导入批次", "import batch"),
    "branch": ("网点", "branch"),
    "file": ("文件", "file"),
    "finding": ("发现", "finding"),
    "folder": ("文件夹", "folder"),
    "mapping": ("映射", "mapping"),
    "metrics": ("指标", "metrics"),
    "roster": ("排班表", "roster"),
    "run": ("计算", "run"),
    "user": ("账号", "account"),
}
