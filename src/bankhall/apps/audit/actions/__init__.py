"""What is done to the trail: acts write their lines, the sealer gives the lines their place."""

from bankhall.apps.audit.actions.acting import Act, act, look
from bankhall.apps.audit.actions.repeating import once, repeatable
from bankhall.apps.audit.actions.sealing import seal

__all__ = ["Act", "act", "look", "once", "repeatable", "seal"]
