"""What is asked of plans, rosters and forecasts."""
