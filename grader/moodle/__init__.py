"""A Moodle site by its own web services: what a teacher's token reads there, and writes."""
