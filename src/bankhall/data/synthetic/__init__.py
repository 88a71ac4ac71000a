"""The synthetic bank: a small world with a seed, whose records are labelled synthetic wherever they are shown."""
