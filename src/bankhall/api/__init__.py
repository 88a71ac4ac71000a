"""The REST face: JSON by token, the same actions and queries as the pages. The document describes itself.

It has no cookies and so no forged requests; it answers in plain values with codes, never in sentences, but for errors.
"""
