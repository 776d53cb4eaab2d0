"""The untrusted side: the fork server, the student process and its sandbox.

Nothing here knows a course, a check, a reference or a verdict. Imports only the standard library,
NumPy, torch and `grader.wire`.
"""
