"""What training is needed, where and by when, and the runs of drafts that it asks for (D4)."""
