"""One file for each format; its name is what ``grader export`` takes."""
