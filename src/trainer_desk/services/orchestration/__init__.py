"""What needs two of planning, seats and people at once."""
