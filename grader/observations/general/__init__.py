"""The general observations, one class in each file; `registry.py` finds them."""
