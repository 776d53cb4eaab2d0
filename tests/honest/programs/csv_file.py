"""Rows in a file.

files: scratch
"""

import csv


def run():
    with open("rows.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["имя", "note"], ["Zoé", 18]])
    with open("rows.csv", newline="", encoding="utf-8") as file:
        return [row["имя"] + row["note"] for row in csv.DictReader(file)]


EXPECTED = ["Zoé18"]
