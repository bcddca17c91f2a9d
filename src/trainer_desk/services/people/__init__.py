"""People, the catalogue of courses, trainers and venues, and compliance."""
