"""The server's own reading of certificates and compliance says what the program's says."""
