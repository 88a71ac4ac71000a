"""The door: signing in and out, one's own password."""
