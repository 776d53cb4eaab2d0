"""Feedback to hand back: a page for each student, a short comment, the archive of a system."""
