"""Registers the rule pack's tables, the kinds of run, the set hour of publishing, the close of requests."""

from datetime import time

from django.apps import AppConfig


class RostersConfig(AppConfig):
    """Rosters, the rule pack, plans."""

    name = "bankhall.apps.rosters"
    label = "rosters"

    def ready(self) -> None:
        """Names what the machinery calls."""
        from bankhall.apps.imports import actions as imports
        from bankhall.apps.rosters.actions import (
            attending,
            certificates,
            during_day,
            issuing,
            loans,
            measuring,
            planning,
            proposing,
            proving,
            reference,
            season,
            speeds,
            what_if,
        )
        from bankhall.apps.rosters.jobs import (
            accounts_of,
            close_requests,
            forecasts_of,
            lapse_loans,
            look_at_certificates,
            measures_of,
            once,
            publish_now,
            speeds_of,
        )
        from bankhall.apps.rosters.queries.reference import tables
        from bankhall.apps.runs import actions as runs

        imports.register(imports.ReferenceTables(reference.TABLES, reference.load, tables))
        runs.register(
            planning.KIND, function="bankhall.data.plan_jobs:plan_branch_job", lane="batch", accept=planning.accept_run
        )
        runs.register(
            measuring.KIND, function="bankhall.data.measure_jobs:measure_branch_job", lane="batch",
            accept=measuring.accept_run,
        )  # fmt: skip
        runs.register(
            loans.KIND, function="bankhall.data.lend_jobs:lend_region_job", lane="batch", accept=loans.accept_run
        )
        runs.register(
            season.KIND, function="bankhall.data.season_jobs:season_branch_job", lane="batch", accept=season.accept_run
        )
        runs.register("lapse_loans", lane="interactive", accept=lapse_loans)
        runs.schedule(runs.Timed("lapse_loans", time(0, 30), once))
        runs.register(
            proving.KIND, function="bankhall.data.prove_jobs:prove_roster_job", lane="interactive",
            accept=proving.accept_run,
        )  # fmt: skip
        runs.register(
            what_if.KIND, function="bankhall.data.what_if_jobs:what_if_job", lane="interactive",
            accept=what_if.accept_run,
        )  # fmt: skip
        runs.register(
            proposing.KIND, function="bankhall.data.replan_jobs:replan_job", lane="interactive",
            accept=proposing.accept_run,
        )  # fmt: skip
        runs.register(
            during_day.KIND, function="bankhall.data.day_jobs:during_day_job", lane="interactive",
            accept=during_day.accept_run,
        )  # fmt: skip
        runs.register(
            attending.KIND, function="bankhall.data.attendance_jobs:attendance_job", lane="batch",
            accept=attending.accept_run,
        )  # fmt: skip
        runs.schedule(runs.Timed(attending.KIND, time(3), accounts_of, after=("pick_up", "import")))
        runs.register(certificates.KIND, lane="batch", accept=look_at_certificates)
        runs.schedule(runs.Timed(certificates.KIND, time(1), once))
        runs.register("publish_due", lane="interactive", accept=publish_now)
        runs.register("close_requests", lane="interactive", accept=close_requests)
        runs.schedule(runs.Timed("close_requests", time(0, 30), once))
        runs.register(
            issuing.KIND, function="bankhall.data.forecast_jobs:issue_forecasts_job", lane="batch",
            accept=issuing.accept_run,
        )  # fmt: skip
        runs.schedule(runs.Timed(issuing.KIND, time(2), forecasts_of, after=("pick_up", "import")))
        runs.schedule(runs.Timed(measuring.KIND, time(2, 30), measures_of, after=("pick_up", "import", issuing.KIND)))
        runs.register(
            speeds.KIND, function="bankhall.data.speed_jobs:speeds_branch_job", lane="batch",
            accept=speeds.accept_run, private=True,
        )  # fmt: skip
        runs.schedule(runs.Timed(speeds.KIND, time(2, 45), speeds_of, after=("pick_up", "import")))
        runs.schedule(runs.Timed("publish_due", time(18, 0), once, fixed=True))
