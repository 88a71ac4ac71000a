"""The kinds of run that the tests ask."""

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import ActionName
from bankhall.apps.identity.models import User
from bankhall.apps.runs import actions as runs
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Scope

ACCEPT = ActionName("tests.accept")
SYSTEM = Scope.system("a test")
JOBS = "tests.apps.runs.jobs_to_try:"


def register_kinds() -> None:
    """Called in the test's own process and in its workers."""
    for name in ("add", "fail", "die", "sleep", "modules"):
        runs.register(f"tests_{name}", function=JOBS + name, lane="interactive", attempts=2)
    runs.register("tests_missing", function="tests.no_such_module:f", lane="interactive")
    runs.register("tests_accepted", function=JOBS + "add", lane="interactive", accept=open_account)
    runs.register("tests_refused", function=JOBS + "add", lane="interactive", accept=open_account_and_refuse)
    runs.register("tests_slept", function=JOBS + "sleep", lane="interactive", accept=open_account)
    runs.register("tests_only_accepted", lane="interactive", accept=open_account)


def open_account(run: runs.RunAnswer) -> None:
    """Writes a business row that says what came."""
    with audit.act(ACCEPT, by=run.asked_by, scope=SYSTEM):
        User.objects.create(username=f"run{run.run_id}", name_en=str(run.answer.get("sum", "")))


def open_account_and_refuse(run: runs.RunAnswer) -> None:
    """Writes, then finds that the answer no longer fits."""
    open_account(run)
    raise Refused("answer_stale")
