"""What the system saw: gaps with their rows, how often they came back, and what was left with a reason."""
