"""Planning must not read what was planted: any process that opens the truth file while it plans dies of it."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bankhall.data.synthetic.outline import Outline
from bankhall.data.synthetic.synthesise import synthesise

PLAN = """
import json, sys
folder, truth = sys.argv[1:]

def guard(event, arguments):
    if event == "open" and str(arguments[0]) == truth:
        raise PermissionError("the truth was opened")

sys.addaudithook(guard)
try:
    open(truth)
except PermissionError:
    print("guarded")
from bankhall.data.plan_jobs import plan_branch_job
answer = plan_branch_job({
    "folder": folder, "branch_code": "B01", "week": "2026-W18", "seed": 1,
    "effort": {"requirement_days": 10, "proof_days": 10, "moves": 2000},
})
names = sorted(m for m in sys.modules if m.startswith("bankhall.data.synthetic"))
print(json.dumps({"status": answer["status"], "synthetic": names}))
"""


@pytest.mark.slow
def test_planning_runs_while_the_truth_cannot_be_read(tmp_path: Path) -> None:
    outline = Outline(1, date(2026, 2, 23), date(2026, 4, 26), 5)
    synthesise(tmp_path / "bank", outline, truth=tmp_path / "truth.json")
    planned = subprocess.run(
        [sys.executable, "-c", PLAN, str(tmp_path / "bank"), str(tmp_path / "truth.json")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert planned.returncode == 0, planned.stderr
    guarded, told = planned.stdout.strip().splitlines()
    assert guarded == "guarded"
    assert '"synthetic": []' in told
