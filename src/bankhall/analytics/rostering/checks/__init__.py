"""Every rule of a roster in plain Python. The same checks guard the hand-edited, the imported and the solved roster."""

from bankhall.analytics.rostering.checks.table import (
    breaches_of,
    check_person_day,
    find_breaches,
    person_day_breaches,
)

__all__ = ["breaches_of", "check_person_day", "find_breaches", "person_day_breaches"]
