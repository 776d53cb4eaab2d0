"""``%load_ext grader``: what runs in the kernel of a notebook.

It imports nothing but the standard library: a kernel is the student's, and stays as light, and as
it is. Judging is done by a process beside the kernel (``grader/cli/cell``).
"""
