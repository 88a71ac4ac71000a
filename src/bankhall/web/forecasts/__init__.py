"""The forecast as it was issued, beside what came."""
