"""How much room there is can be asked.

files: scratch
"""

import shutil


def run():
    return shutil.disk_usage(".").free > 1 << 20


EXPECTED = True
