"""A table in a file with a write-ahead log, two connections, one of them writing.

files: scratch
"""

import sqlite3


def run():
    writer = sqlite3.connect("log.db", isolation_level=None)
    mode = writer.execute("pragma journal_mode=wal").fetchone()[0]
    writer.execute("create table steps (n integer)")
    writer.execute("begin immediate")
    writer.execute("insert into steps values (1)")
    reader = sqlite3.connect("log.db", timeout=0)
    before = reader.execute("select count(*) from steps").fetchone()[0]
    try:
        reader.execute("insert into steps values (2)")
        refused = ""
    except sqlite3.OperationalError as error:
        refused = str(error)
    writer.execute("commit")
    after = reader.execute("select count(*) from steps").fetchone()[0]
    writer.close()
    reader.close()
    return [mode, before, refused, after]


EXPECTED = ["wal", 0, "database is locked", 1]
