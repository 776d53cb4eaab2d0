"""The page about a class: who reached what, what was hard, which mistakes were made.

Made of the attempts that count and their reports, of a batch or a gradebook; it judges nothing.
"""
