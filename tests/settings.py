"""Settings of the tests: a home of their own, quick passwords, plain static files, the store that was asked for."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "BANKHALL_HOME" not in os.environ:
    os.environ["BANKHALL_HOME"] = tempfile.mkdtemp(prefix="bankhall-test-")
    atexit.register(shutil.rmtree, os.environ["BANKHALL_HOME"], ignore_errors=True)
os.environ.pop("BANKHALL_DEMO_DATE", None)
if os.environ.get("BANKHALL_TEST_STORE") == "postgres":
    os.environ["BANKHALL_DATABASE_URL"] = os.environ["BANKHALL_TEST_POSTGRES_URL"]
else:
    os.environ.pop("BANKHALL_DATABASE_URL", None)

from bankhall.config.settings import *  # noqa: F403
from bankhall.config.settings import DATABASES, HOME
from bankhall.config.settings import MIDDLEWARE as PRODUCT_MIDDLEWARE

AUDIT_KEY = "test-audit-key"
SECRET_KEY = "test-session-key"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
MIDDLEWARE = [name for name in PRODUCT_MIDDLEWARE if not name.startswith("whitenoise.")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    # A file, so that workers and servers of their own see it; not synced, because no test cuts the power.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(HOME) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON",
    }
