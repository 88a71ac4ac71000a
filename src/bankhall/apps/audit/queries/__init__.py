"""What is asked of the trail."""

from bankhall.apps.audit.queries.trail import Asked, LinePage, TrailLine, trail
from bankhall.apps.audit.queries.verifying import Fault, Verdict, verify

__all__ = ["Asked", "Fault", "LinePage", "TrailLine", "Verdict", "trail", "verify"]
