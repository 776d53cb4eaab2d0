"""Running the checks of an exercise on one submission, and comparing the results.

`exercise_context.py` holds the state that all submissions of an exercise share, `evaluation.py` is
one submission, `plugin.py` runs its checks by pytest, `report_parts.py` makes a report of the
results.
"""
