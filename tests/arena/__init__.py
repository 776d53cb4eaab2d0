"""The place where hostile code is judged: a grader in namespaces of its own, watched.

Nothing inside can touch the machine: every file system is read-only but a few empty ones in
memory, there is no device but the harmless ones, no network but the loopback of the arena, and
whoever is root inside is a nobody outside. Everything in it ends with it.

``Arena`` is the handle on one. ``corpus`` reads the attacks, ``planted`` says what lies about
inside to be stolen, ``faults`` says what is wrong with a result.
"""
