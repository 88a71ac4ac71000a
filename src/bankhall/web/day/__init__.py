"""A branch's day while it runs, and how it was kept afterwards: during the day, attendance."""
