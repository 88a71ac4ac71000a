"""Staffing by season: twelve weeks ahead, by branch and for all of them."""
