"""Looks through a source for what is not one's own work. Alone: only the standard library."""
