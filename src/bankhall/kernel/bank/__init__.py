"""The bank's reference records and plan records as frozen values, one for one with the exchange tables.

Codes, never keys. Times of day are minutes from local midnight, money is fen, dates are the branch's own. Absences are
local instants, half open. A field's missing value is said beside it.
"""
