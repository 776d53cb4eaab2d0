"""Leaves a daemon: double fork, a session of its own, its own streams; it lives on for a while.

family: resources, an escaped child
honest: 0
"""
import os
import posix
import subprocess
import sys
import time


def escape():
    try:
        if posix.fork():
            return
        os.setsid()
        if posix.fork():
            os._exit(0)
    except OSError:
        return
    until = time.monotonic() + 20
    while time.monotonic() < until:
        time.sleep(0.1)
    os._exit(0)


escape()
for start in (
    lambda: subprocess.Popen(["sleep", "20"], start_new_session=True),
    lambda: posix.posix_spawn(sys.executable, ["python", "-c", "import time; time.sleep(20)"], {}),
    lambda: __import__("multiprocessing").Process(target=time.sleep, args=(20,)).start(),
):
    try:
        start()
    except Exception:
        pass


def softmax(x):
    escape()
    return None
