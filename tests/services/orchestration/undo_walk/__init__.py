"""Every verb by which people change something is done once, undone, redone and undone again."""
