"""Who may help where: surplus and shortage after each branch's own roster, matched by a min-cost flow."""
