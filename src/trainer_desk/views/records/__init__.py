"""Training records in the window: the sheet that records and corrects, and the records of a person (N2)."""
