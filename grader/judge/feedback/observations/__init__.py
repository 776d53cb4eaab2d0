"""Observations: true and helpful facts about wrong results, for when no misconception fits."""
