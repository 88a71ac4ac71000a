"""What became of an arrival. Small numbers, because they stand in arrays of millions."""

SERVED = 1
LEFT = 2  # seen leaving the line
ABSENT = 3  # called, and nobody came
BALKED = 4  # saw the line and went away at once
TURNED_AWAY = 5  # in line when nobody was left to serve
