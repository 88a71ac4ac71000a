"""Under PostgreSQL the tests that start servers of their own are not collected again."""

import os

OWN_SERVER = ["test_both_stores.py", "test_killed_server.py"]
collect_ignore = OWN_SERVER if os.environ.get("BANKHALL_TEST_STORE") == "postgres" else []
