"""`python -m bankhall.config.manage …`: Django's own commands, for developers and for migrations."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one of Django's commands with the product's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bankhall.config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
