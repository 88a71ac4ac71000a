"""Chance: keyed random streams, durations, intervals and the decorator that compiles loops."""
