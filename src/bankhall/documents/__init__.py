"""Frozen values -> CSV, XLSX, iCalendar bytes."""
