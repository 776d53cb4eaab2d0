"""Student processes: how they are made, what they may read, how the judge talks to and times them.

Every request ends in exactly one of `outcomes.py`. Whatever a process sends is untrusted.
"""
