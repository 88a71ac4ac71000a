"""Business calendars as data: mainland China's from its notices, any other from a file."""

from bankhall.data.calendars.china import china_days, china_years
from bankhall.data.calendars.markers import DEFAULT_MARKERS, MarkerRule

__all__ = ["DEFAULT_MARKERS", "MarkerRule", "china_days", "china_years"]
