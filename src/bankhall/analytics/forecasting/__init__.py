"""How many customers come to a branch in each slot for each service, with ranges, and how well that was known before.

The main line: `days` and `history` (what happened on which kind of day) -> `pooled` (calendar effects over several
branches) -> `panel` -> `profile` (√-SVD with AR(1) scores) and `simple` (baselines) -> `blend` by horizon -> `moments`
(spread from held-out errors) -> `forecast`; `backtest` runs the same line from many origins.
"""
