"""What is asked of the network: its tree, its reference rows."""

from bankhall.apps.network.queries.reference import (
    MODELS,
    CalendarYear,
    Tables,
    branch,
    branches,
    calendar_year,
    details,
    moment,
    node_names,
    pools,
    records,
    regions,
    services,
    tables,
    zone_of,
)
from bankhall.apps.network.queries.tree import Tree, branches_under, nodes_above, tree

__all__ = [
    "MODELS", "CalendarYear", "Tables", "Tree", "branch", "branches", "branches_under", "calendar_year", "details",
    "moment", "node_names", "nodes_above", "pools", "records", "regions", "services", "tables", "tree",
    "zone_of",
]  # fmt: skip
