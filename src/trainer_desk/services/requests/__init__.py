"""Booking requests: filed, withdrawn, declined; what becomes of them is an orchestration."""
