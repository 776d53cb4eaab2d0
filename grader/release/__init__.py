"""The students' kit of a course: what it asks and checks, without what answers it."""
