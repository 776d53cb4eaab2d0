"""Batches: the submissions of a class are collected, judged, and turned into grades."""
