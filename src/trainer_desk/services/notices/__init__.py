"""What accounts are told behind the bell, and whom somebody still has to tell in person (D6, D7)."""
