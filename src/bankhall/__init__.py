"""Bankhall (厅堂): a bank's branch network as one closed loop, from records to measured effect."""

import os

__version__ = "0.1.0"

# Linear algebra on one thread, said before numpy is loaded: work is spread over branches, small matrices only wait for
# one another, and the same sums in the same order give the same bytes on any number of cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
