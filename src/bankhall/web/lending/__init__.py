"""The lending board of a region, and a person's answer to a loan."""
