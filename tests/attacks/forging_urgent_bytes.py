"""Sends urgent bytes on the channel, before, within and after its answers.

A reader stops at such a byte, or is told of data that it does not get: it could wait, or spin.

family: forging by out-of-band data
honest: 0
limits: short
"""

import os
import socket
import stat
import time

calls = 0


def channels():
    for number in range(1, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                yield socket.socket(fileno=os.dup(number))
        except OSError:
            pass


def urgent(data):
    for sock in channels():
        with sock:
            try:
                sock.send(data, socket.MSG_OOB)
            except OSError:
                pass


def softmax(x):
    global calls
    calls += 1
    urgent(b"!")
    if calls % 2:
        urgent(b"NNG1")
        urgent(b"\0" * 7)
    if calls == 1:  # whoever is told of the byte, and does not get it, spins meanwhile
        time.sleep(0.05)
    return None
