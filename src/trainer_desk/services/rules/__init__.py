"""The one rule engine: pure functions from plain values to findings."""
