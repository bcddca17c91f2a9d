"""Trainer Desk plans workplace training: from a rough draft to proof of who is trained."""

__version__ = "0.1.0"
