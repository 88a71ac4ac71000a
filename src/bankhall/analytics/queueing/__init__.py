"""Queues: exact formulas, the event loop of a hall, and the models that records give it.

The main line: `fit` (service and patience from records) -> `hall` (what stands where) -> `customers` (who comes, drawn)
-> `event_loop` (compiled) -> `simulate` -> `measures` (the words of the answers).
"""
