"""The proof of an exercise: the checks of `grader validate` before students see it."""
