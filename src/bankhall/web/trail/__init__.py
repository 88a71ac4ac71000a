"""The audit trail: its lines, and whether it is whole."""
