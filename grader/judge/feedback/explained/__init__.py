"""Explanations of the commonest messages of Python, NumPy and torch.

A message is text that a student process sends: it is truncated before it is matched, its patterns
take linear time, and only short plain groups of a match are used in a sentence.
"""
