"""What a program asks of the machine."""

import getpass
import platform
import sys


def run():
    said = [platform.system(), platform.python_implementation(), getpass.getuser() != ""]
    platform.platform()
    platform.machine()
    platform.processor()
    return said + [sys.maxsize > 2**32, sys.byteorder]


EXPECTED = ["Linux", "CPython", True, True, "little"]
