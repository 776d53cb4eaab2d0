"""Frames and values: what may cross between the judge and a student process, and how.

A frame is a fixed head, a JSON header and raw buffers. Nothing is pickled in either direction, and
every number that comes from a student process is checked before it is used.
"""
