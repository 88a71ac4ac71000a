"""What is asked of imports, and of the reference records of the whole store."""

from bankhall.apps.imports.queries.batches import (
    BatchDetail,
    BatchLine,
    BatchPage,
    MappingLine,
    NoteLine,
    QuarantinePage,
    RefusalLine,
    TableAccount,
    allowances,
    batch,
    batches,
    mapping_text,
    mappings,
    quarantine,
    rejections_csv,
)
from bankhall.apps.imports.queries.reference import bank, exchange_tables, known

__all__ = [
    "BatchDetail", "BatchLine", "BatchPage", "MappingLine", "NoteLine", "QuarantinePage", "RefusalLine",
    "TableAccount", "allowances", "bank", "batch", "batches", "exchange_tables", "known", "mapping_text", "mappings",
    "quarantine", "rejections_csv",
]  # fmt: skip
