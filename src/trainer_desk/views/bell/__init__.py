"""What the bell of the window tells its user (D6)."""
