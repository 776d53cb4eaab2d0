"""What was handed in, as bytes, and what a source says without being run: text, notebooks, helpers.

Knows no process and no check.
"""
