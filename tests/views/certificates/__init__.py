"""Tests of certificates in the window and on paper."""
