"""Requests of a branch: who asks for what, what the days can bear, the answer."""
