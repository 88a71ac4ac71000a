"""Records come in: upload or pick, see what a mapping makes of them, import, and account for every row."""
