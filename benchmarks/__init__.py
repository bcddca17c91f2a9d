"""Measures the product against floors that cannot be beaten, on databases of the size that it is built for."""
