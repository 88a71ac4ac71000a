"""The worker of `bankhall worker --lane interactive`, which takes a lost run for lost sooner: a test is short."""

import argparse
from datetime import timedelta

from bankhall.cli.serve import run_worker
from bankhall.cli.site import open_site

if __name__ == "__main__":
    open_site(migrate=False)
    from bankhall.apps.runs.actions import queue
    from bankhall.apps.runs.actions import worker as working

    queue.LEASE, working.RECLAIM_SECONDS = timedelta(seconds=3), 0.5
    run_worker(argparse.Namespace(lane="interactive"))
