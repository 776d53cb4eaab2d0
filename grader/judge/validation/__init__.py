"""The proof of an exercise: what `grader validate` shows before students ever see it."""
