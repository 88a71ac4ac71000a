"""The exchange folder: reading and writing its files, and turning rows into the kernel's records and back."""

from bankhall.data.exchange.details import BankDetails, details_of
from bankhall.data.exchange.folder import ExchangeFolder
from bankhall.data.exchange.reading_strictly import read_table
from bankhall.data.exchange.writing import write_table

__all__ = ["BankDetails", "ExchangeFolder", "details_of", "read_table", "write_table"]
