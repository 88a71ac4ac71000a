"""Charts as pure functions: frozen dataclasses in, SVG text out, each with the table of its own figures.

Marks carry classes and numeric attributes only, so the strict content policy holds and one style sheet draws desk,
phone and paper. What happened is solid, what we plan is blue, what we expect is a veil.
"""
