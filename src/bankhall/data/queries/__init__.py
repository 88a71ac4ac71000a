"""Query texts, one a question, and the thin functions that ask them of a folder or of the lake."""

from bankhall.data.queries.source import Source, folder_source, lake_source

__all__ = ["Source", "folder_source", "lake_source"]
