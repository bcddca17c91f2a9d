"""Who sits in a session: enrolling, withdrawing and the smart picker."""
