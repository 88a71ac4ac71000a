"""A quarter of a synthetic bank, lived through the product: what happens, who acts, the arms beside it, the page."""
