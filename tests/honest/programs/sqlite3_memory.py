"""A table in memory."""

import sqlite3


def run():
    with sqlite3.connect(":memory:") as base:
        base.execute("create table loss (epoch integer, value real)")
        base.executemany("insert into loss values (?, ?)", [(1, 0.5), (2, 0.25)])
        return base.execute("select sum(value) from loss").fetchone()[0]


EXPECTED = 0.75
