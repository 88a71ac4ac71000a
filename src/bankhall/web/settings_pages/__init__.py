"""Reference records that are seen and edited by hand: the business calendar, the rule pack."""
