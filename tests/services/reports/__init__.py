"""Reports with charts, against numbers that are added up here in another way."""
