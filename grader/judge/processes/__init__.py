"""Student processes: where they come from, what they may read, how one is talked to and timed.

Every request ends in exactly one of `outcomes.py`. Whatever a process says is read without trust.
"""
