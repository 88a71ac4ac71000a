"""Engines that answer the query texts. Embedded: DuckDB."""

from bankhall.data.engines.embedded import Engine, Tables

__all__ = ["Engine", "Tables"]
