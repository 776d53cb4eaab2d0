"""Questions of quizzes, one file for each kind: answers, scores, and faults of keys."""
