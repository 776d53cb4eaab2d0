"""The call in which the mistake shows, as Python that a student can paste."""
