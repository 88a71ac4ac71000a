"""The two operational stores: SQLite in the home folder, PostgreSQL by URL. One ORM code serves both."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BUSY_SECONDS = 20
START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"

Store = dict[str, object]


def sqlite(path: Path) -> Store:
    """WAL, and IMMEDIATE: every `atomic()` takes the write lock at once, so no reading stands inside one.

    FULL, because a roster number that was printed must survive a power cut.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": START},
    }


def store_of_url(url: str) -> Store:
    """`postgresql://user:password@host:port/name?option=value`; a socket folder is given as `?host=/run/postgresql`.

    Raises ValueError for any other scheme, so that a typing error never falls back to SQLite.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"BANKHALL_DATABASE_URL must start with postgresql://, not {parts.scheme}://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
