"""The call that shows what is wrong with an answer: as Python that a student can repeat."""
