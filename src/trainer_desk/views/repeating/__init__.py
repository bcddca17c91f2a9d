"""Repeats runs and sessions in the window: the sheet, its fields, and the series of a session in its panel."""
