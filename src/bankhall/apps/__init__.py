"""Django apps in one line: rows, states, rules, actions."""
