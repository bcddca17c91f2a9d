"""Files that belong to training records, sessions, qualifications and intakes, kept in the database (N2)."""
