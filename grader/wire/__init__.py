"""Frames and values: the protocol between the judge and a student process.

A frame consists of a fixed head, a JSON header and raw buffers. Nothing is pickled in either
direction, and every number that comes from a student process is checked before it is used.
"""
