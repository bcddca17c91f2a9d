"""The page of booking requests: the inbox of those who decide, and the own requests of those who ask (Q1, Q2, Q3)."""
