"""The general observations, a class and a file each; `registry.py` finds them."""
