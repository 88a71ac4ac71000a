"""Registers the tables of the lower apps, and the kinds of run that import and that tidy the lake."""

from datetime import time

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Imports and quarantine."""

    name = "bankhall.apps.imports"
    label = "imports"

    def ready(self) -> None:
        """The lower apps cannot register upwards, so their tables are named here."""
        from bankhall.apps.imports import actions, bases, jobs
        from bankhall.apps.network import actions as network
        from bankhall.apps.network import queries as network_queries
        from bankhall.apps.people import actions as people
        from bankhall.apps.people import queries as people_queries
        from bankhall.apps.runs import actions as runs

        for owner, asked in ((network, network_queries), (people, people_queries)):
            bases.register(bases.ReferenceTables(owner.TABLES, owner.load, asked.tables))
        runs.register("pick_up", lane="batch", accept=jobs.look_into_inbox)
        runs.schedule(runs.Timed("pick_up", time(1), jobs.inbox_due))
        runs.register("tidy_lake", function="bankhall.data.lake_jobs:tidy_lake_job", lane="batch")
        runs.schedule(
            runs.Timed("tidy_lake", time(4, 30), jobs.lake_due, after=("import", "issue_forecast", "measure_branch"))
        )
        runs.register(
            "import", function="bankhall.data.import_jobs:prepare_job", lane="batch", accept=actions.accept_run
        )
