"""The min-cost flow: each person-day to one place at most, each place to one person at most, no pair that costs more
than it saves. Costs are whole fen, arcs stand in a fixed order: the same question has the same answer."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arc:
    """A person-day (by its place in the list of lenders) that may fill a place, and the money that this leaves over."""

    lender: int
    demand: int
    gain_fen: int


def best_pairs(arcs: Sequence[Arc], lenders: int, demands: int) -> list[Arc]:
    """The arcs of the pairing that gains most, in their own order."""
    from ortools.graph.python import min_cost_flow

    if not arcs:
        return []
    network = min_cost_flow.SimpleMinCostFlow()
    source, sink = lenders + demands, lenders + demands + 1
    used_lenders, used_demands = sorted({a.lender for a in arcs}), sorted({a.demand for a in arcs})
    pairs = [
        network.add_arc_with_capacity_and_unit_cost(arc.lender, lenders + arc.demand, 1, -arc.gain_fen) for arc in arcs
    ]
    for lender in used_lenders:
        network.add_arc_with_capacity_and_unit_cost(source, lender, 1, 0)
    for demand in used_demands:
        network.add_arc_with_capacity_and_unit_cost(lenders + demand, sink, 1, 0)
    most = min(len(used_lenders), len(used_demands))
    network.add_arc_with_capacity_and_unit_cost(source, sink, most, 0)
    network.set_node_supply(source, most)
    network.set_node_supply(sink, -most)
    status = network.solve()
    if status != network.OPTIMAL:
        raise RuntimeError(f"the flow ended with {status}")  # balanced by its last arc: cannot happen
    return [arc for arc, place in zip(arcs, pairs, strict=True) if network.flow(place)]
