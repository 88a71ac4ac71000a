"""What concerns the reader alone: the own roster, on a phone first."""
