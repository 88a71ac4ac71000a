"""What is asked of the trail."""

from bankhall.apps.audit.queries.last import LastAct, last_at, last_on
from bankhall.apps.audit.queries.trail import Asked, LinePage, TrailLine, trail
from bankhall.apps.audit.queries.verifying import Fault, Verdict, verify

__all__ = ["Asked", "Fault", "LastAct", "LinePage", "TrailLine", "Verdict", "last_at", "last_on", "trail", "verify"]
