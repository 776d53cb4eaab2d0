"""The call that shows what went wrong, as Python that a student can paste."""
