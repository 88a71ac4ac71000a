"""How many people must stand where in each slot, so that promises hold.

The main line: `problem` -> `offered_load` (work in the hall, with what the slot before left over) -> `square_root` and
exact Erlang A in `start` -> `search` raises and trims by simulation (`trial`) until every goal (`goals`) holds ->
`require`.
"""
