"""Watching of a folder: on each save of an answer, a verdict by a judge that stays warm."""
