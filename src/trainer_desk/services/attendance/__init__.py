"""Who came: marks, remarks and results of the people of a session."""
