"""Tests of what is printed of sessions."""
