"""Static analysis of a source for work that is not the student's own; standard library only."""
