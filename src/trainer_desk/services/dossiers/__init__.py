"""Reads the page of one person, trainer or course: what people, seats, planning and journal know of it (N4)."""
