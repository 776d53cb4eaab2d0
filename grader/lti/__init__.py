"""Scores to a learning platform by LTI 1.3 Advantage, and the names of a class from it."""
