"""What runs by the clock and by request: the timetable, and the list of runs."""
