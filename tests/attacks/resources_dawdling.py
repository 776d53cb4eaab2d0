"""Sleeps in every call and in its import, less than each of them may take, and computes nothing.

No single call exceeds its time, and no CPU time is used that a budget counts: three hundred such
submissions stop a batch for a day.

family: resources, dawdling
honest: 0
limits: short
needs: own-code-only
"""

import time

time.sleep(0.5)


def softmax(x):
    time.sleep(0.3)
    return None
