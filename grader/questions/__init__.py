"""Questions of quizzes, one file a kind: answers, their score, and what a key must be."""
