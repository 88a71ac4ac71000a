"""What is done with imports."""

from bankhall.apps.imports.actions.batches import (
    ImportResult,
    ImportStarted,
    Preview,
    accept_run,
    import_folder,
    import_paths,
    preview,
    publish_reference,
    start_import,
)
from bankhall.apps.imports.actions.by_hand import (
    add_mapping,
    edit_calendar_day,
    edit_rows,
    export_folder,
    load_calendar_year,
)
from bankhall.apps.imports.actions.uploading import inbox, save_upload
from bankhall.apps.imports.bases import ReferenceTables, register

__all__ = [
    "ImportResult", "ImportStarted", "Preview", "ReferenceTables", "accept_run", "add_mapping", "edit_calendar_day",
    "edit_rows", "export_folder", "import_folder", "import_paths", "inbox", "load_calendar_year", "preview",
    "publish_reference", "register", "save_upload", "start_import",
]  # fmt: skip
