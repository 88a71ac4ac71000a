"""What the demo bank is: how many branches, from when to when, and on which day it stands still."""

from bankhall.kernel.week import Week

DEMO_DATE = "2026-11-23"
FIRST_DAY, LAST_DAY = "2025-10-20", "2026-11-22"
WEEK = Week.parse("2026-W49")
SEED, BRANCHES = 7, 12
