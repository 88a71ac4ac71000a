"""A person's published shifts as an iCalendar file: one event a day, in the branch's own zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Shift:
    """One day's work: when, where, and the stretches in words. `uid` stays the same when the day changes."""

    uid: str
    business_date: date
    start: int
    end: int
    title: str
    place: str = ""
    details: str = ""
    version: int = 1


def icalendar_bytes(name: str, shifts: tuple[Shift, ...], *, zone: str, made_at: datetime) -> bytes:
    """A calendar that phones subscribe to or import; times carry the zone, so a traveller's phone shows them right."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Bankhall//Roster//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for shift in shifts:
        event = Event()
        event.add("uid", shift.uid)
        event.add("dtstamp", made_at.astimezone(UTC))
        event.add("dtstart", _instant(shift.business_date, shift.start, zone))
        event.add("dtend", _instant(shift.business_date, shift.end, zone))
        event.add("summary", shift.title)
        event.add("sequence", shift.version)
        if shift.place:
            event.add("location", shift.place)
        if shift.details:
            event.add("description", shift.details)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _instant(day: date, minute: int, zone: str) -> datetime:
    """UTC, so that no zone table has to travel with the file."""
    local = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)) + timedelta(minutes=minute)
    return local.astimezone(UTC)
