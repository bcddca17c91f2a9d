"""The page of one person, trainer or course: title, facts, sections, and the same on one printed page (N4)."""
