"""The pages of whoever signs up: open sessions as cards, and the own schedule (K13)."""
