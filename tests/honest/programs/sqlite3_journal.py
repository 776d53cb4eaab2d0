"""A table in a file, with the journal that sqlite keeps beside it.

files: scratch
"""

import os
import sqlite3


def run():
    with sqlite3.connect("runs.db") as base:
        base.execute("create table if not exists runs (name text, score integer)")
        base.execute("insert into runs values ('first', 3)")
    other = sqlite3.connect("runs.db")
    found = other.execute("select name, score from runs").fetchall()
    other.close()
    base.close()
    os.remove("runs.db")
    return [list(row) for row in found]


EXPECTED = [["first", 3]]
