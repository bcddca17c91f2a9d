"""What two people made of one thing, side by side (U5)."""
