"""Composes the sciences for one branch and one week: forecast, requirement, roster, proof."""
