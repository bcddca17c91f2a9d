"""The inspector pack: everything that proves who was trained, of a person, a site or a course, in one ZIP (X6)."""
