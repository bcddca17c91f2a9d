"""Programs of random steps at the desk, each step compared with a desk of plain dictionaries."""
