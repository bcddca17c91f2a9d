"""What needs a decision today: reads over sessions, seats, people and requests, for the pages where a day begins."""
