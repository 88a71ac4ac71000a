"""Records from outside: every row is taken, changed, a duplicate, or rejected with its reason."""

from bankhall.data.importing.account import Account, Note, Progress, Rejection
from bankhall.data.importing.known import Known
from bankhall.data.importing.mapping import FileMapping, load_mapping, read_mapping, shipped_mappings
from bankhall.data.importing.prepare import PreparedImport, prepare
from bankhall.data.importing.rejected import rejections_csv, write_rejections
from bankhall.data.importing.settle import Settled, settle

__all__ = [
    "Account", "FileMapping", "Known", "Note", "PreparedImport", "Progress", "Rejection", "Settled", "load_mapping",
    "prepare", "read_mapping", "rejections_csv", "settle", "shipped_mappings", "write_rejections",
]  # fmt: skip
