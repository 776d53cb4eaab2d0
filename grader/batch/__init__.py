"""Many submissions at once: what a class handed in, judged, and turned into grades."""
