"""Under PostgreSQL the test that starts the session on PostgreSQL is not collected again."""

import os

collect_ignore = ["test_both_stores.py"] if os.environ.get("BANKHALL_TEST_STORE") == "postgres" else []
