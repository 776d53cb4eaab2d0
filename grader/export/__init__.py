"""Exercises and results in the formats of other systems."""
