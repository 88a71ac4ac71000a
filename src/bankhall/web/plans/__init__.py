"""The branch plan: one week of one branch, day by day, to the point where it is signed and hung on the wall."""
