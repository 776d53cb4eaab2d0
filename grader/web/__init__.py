"""The course as a local page: prompts, quizzes as forms, the verdict of a file as it is saved."""
