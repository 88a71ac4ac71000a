"""Money is integer fen (hundredths of a yuan)."""


def format_yuan(amount_fen: int) -> str:
    """123456 -> `1,234.56`."""
    sign = "-" if amount_fen < 0 else ""
    yuan, fen = divmod(abs(amount_fen), 100)
    return f"{sign}{yuan:,}.{fen:02d}"
