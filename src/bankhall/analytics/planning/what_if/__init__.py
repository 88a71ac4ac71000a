"""What a plan would become if one thing were different: the difference beside the plan, with the same customers."""
