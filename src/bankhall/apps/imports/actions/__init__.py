"""What is done with imports."""

from bankhall.apps.imports.actions.batches import (
    ImportStarted,
    Preview,
    accept_run,
    import_folder,
    import_paths,
    preview,
    start_import,
)
from bankhall.apps.imports.actions.by_hand import (
    add_mapping,
    edit_calendar_day,
    edit_rows,
    end_rule,
    export_folder,
    keep_mapping,
    load_calendar_year,
    set_rule,
)
from bankhall.apps.imports.actions.interrupted import lay_copies_again, settle_interrupted
from bankhall.apps.imports.actions.taking import ImportResult, publish_reference
from bankhall.apps.imports.actions.uploading import inbox, save_upload
from bankhall.apps.imports.bases import ReferenceTables, register

__all__ = [
    "ImportResult",
    "ImportStarted",
    "Preview",
    "ReferenceTables",
    "accept_run",
    "add_mapping",
    "edit_calendar_day",
    "edit_rows",
    "end_rule",
    "export_folder",
    "import_folder",
    "import_paths",
    "inbox",
    "keep_mapping",
    "lay_copies_again",
    "load_calendar_year",
    "preview",
    "publish_reference",
    "register",
    "save_upload",
    "set_rule",
    "settle_interrupted",
    "start_import",
]
