"""Reports with charts: numbers over days, courses and places (D2); reads over all rooms, and writes nothing."""
