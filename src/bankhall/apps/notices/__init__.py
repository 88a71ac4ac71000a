"""Notices: what people are told, kept together with the act that tells it."""
