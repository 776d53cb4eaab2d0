"""From how a check ended to what is said of it: status, blame, the mistake by its name, the call.

Knows recorded calls and outcomes, and runs no check itself.
"""
