"""Which language a terminal reads: its own locale's, English where that is neither Chinese nor English."""

import os
from collections.abc import Mapping

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """`zh-hans` or `en`; the first variable that is set decides, as everywhere on the machine."""
    told = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    return "zh-hans" if told.lower().startswith("zh") else "en"
