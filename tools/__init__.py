"""Checks and generators of the house; each runs as a script."""
