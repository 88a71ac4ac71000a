"""Table contracts: names, keys, units, allowed values and the meaning of what is missing."""

from bankhall.data.contracts.contract import Column, Contract
from bankhall.data.contracts.tables import EXCHANGE_VERSION, TABLES, in_group

__all__ = ["EXCHANGE_VERSION", "TABLES", "Column", "Contract", "in_group"]
