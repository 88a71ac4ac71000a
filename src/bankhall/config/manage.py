"""`python -m bankhall.config.manage …`: Django's own commands, for developers and for migrations."""

import os
import sys

from django.core.management import execute_from_command_line

from bankhall.config.settings import HOME


def main() -> None:
    """Run one of Django's commands with the product's settings, in a home folder that exists."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bankhall.config.settings")
    HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
