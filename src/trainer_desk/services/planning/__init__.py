"""Drafts, publishing, claims and the board that calendars read."""
