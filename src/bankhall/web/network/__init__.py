"""The network: every branch's next week in one list, who needs attention first."""
