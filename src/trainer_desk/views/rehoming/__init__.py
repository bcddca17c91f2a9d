"""Another date for everybody who loses one: the sheet that cancels sessions, or lowers a capacity, and moves people."""
