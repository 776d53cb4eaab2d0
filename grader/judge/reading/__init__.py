"""The submitted files, and what a source says without being run: text, notebooks, helpers.

Independent of processes and checks.
"""
