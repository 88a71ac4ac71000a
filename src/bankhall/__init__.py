"""Bankhall (厅堂): a bank's branch network as one closed loop, from records to measured effect."""

__version__ = "0.1.0"
