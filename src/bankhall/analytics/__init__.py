"""The science: pure functions on frozen values, numpy arrays and Arrow tables. No time source, files or framework.

`planning -> staffing -> queueing -> chance`; forecasting and rostering stand beside them and do not see their sisters.
"""
