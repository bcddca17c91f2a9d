"""Certificates in the window and on paper: a PDF is only the picture of a frozen record (A5)."""
