"""The page of reports: charts, who holds what, and what is needed."""
