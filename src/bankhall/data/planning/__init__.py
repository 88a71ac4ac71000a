"""Brings planning its question from records (a folder or the lake) and turns its answer into exchange rows."""
