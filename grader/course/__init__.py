"""Courses: their structure, prose and languages, read from the files that authors write."""
