"""Isolation of a student process from the machine it runs on.

``probe`` finds what the kernel offers, ``levels.Sandbox`` applies it: prepared once in the fork
server, entered in each student process. Every module but those two is one layer and knows no other.
"""
