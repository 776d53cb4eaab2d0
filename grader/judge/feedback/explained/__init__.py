"""What the commonest messages of Python, NumPy and torch mean, and which sentence says so.

A message is text that a student process says: it is cut before it is read, its patterns take linear
time, and of what they find only short plain pieces go into a sentence.
"""
