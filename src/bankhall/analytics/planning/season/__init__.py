"""Twelve weeks ahead from the same forecast: people needed against people there, and what the branch lacks."""

from bankhall.analytics.planning.season.look import look_ahead
from bankhall.analytics.planning.season.values import Gap, RecentWeek, SeasonAnswer, SeasonQuestion, SeasonWeek

__all__ = ["Gap", "RecentWeek", "SeasonAnswer", "SeasonQuestion", "SeasonWeek", "look_ahead"]
