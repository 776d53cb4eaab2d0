"""The gradebook: every attempt, every mark of a teacher's, in SQLite or PostgreSQL.

Only one process at a time writes: writers of a gradebook wait for each other.
"""
