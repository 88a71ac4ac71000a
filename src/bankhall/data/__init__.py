"""Table contracts, query texts, engines, the lake, importers, fan-out, the synthetic bank. No Django."""
