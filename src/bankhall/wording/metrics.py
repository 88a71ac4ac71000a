"""Names of metrics and their units."""

METRICS: dict[str, tuple[str, str]] = {}
