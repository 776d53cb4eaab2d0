"""From the end of a check to its feedback: status, blame, the mistake's name, the call to show.

Reads recorded calls and outcomes, and runs no check itself.
"""
