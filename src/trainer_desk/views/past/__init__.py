"""The form that records a session which was held already."""
