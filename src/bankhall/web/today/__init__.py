"""Today at one branch: who is missing, the proposal, who can come, who has seen the change."""
