"""Tests of the parts that settle coming sessions."""
