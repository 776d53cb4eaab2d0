#!/usr/bin/env bash
# A CSV file that Python writes and PHP reads: a backslash before a quotation mark joins cells.
#
# Versions: Python 3 (standard library, module csv), PHP 8.2 as WebAssembly (npm: @php-wasm/node 3.1.56).
# Sources: Python's csv follows RFC 4180: a quotation mark inside a cell is doubled, a backslash is a
# letter like any other. PHP's fgetcsv() has a fifth parameter, the escape character, which is a backslash
# unless it is given (php.net/fgetcsv): a quotation mark after it does not end the cell. Moodle 4.5
# reads worksheets of grades with fgetcsv() as it is.
#
# Seen: the row "Participant 1","Ann Back\","20" that csv.writer(quoting=QUOTE_ALL) writes has three cells
# for Python and two for PHP: `Ann Back\",20"` is one of them, and no error is raised. The row after it is
# whole again. Without QUOTE_ALL the same row survives, for nothing in it is quoted; but a cell that holds
# `"\"", 1` becomes two, in the middle of the row, so that the number of cells grows instead.
# What helps: no backslash in any cell; PHP's own parameter is not the writer's to set.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @php-wasm/node@3.1.56

python3 - <<'PYTHON'
import csv

rows = [["Identifier", "Full name", "Grade"], ["Participant 1", "Ann Back\\", "20"], ["Participant 2", "Bob", "12"]]
with open("all.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
with open("some.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([*rows, ["Participant 3", 'print("\\"", 1)', "15"]])
PYTHON

cat > read.mjs <<'NODE'
import { readFileSync } from 'node:fs';
import { PHP } from '@php-wasm/universal';
import { loadNodeRuntime } from '@php-wasm/node';
const php = new PHP(await loadNodeRuntime('8.2', { emscriptenOptions: { processId: process.pid } }));
for (const name of ['all.csv', 'some.csv']) {
  php.writeFile('/' + name, readFileSync(name));
  const { text } = await php.run({ code: `<?php
    $file = fopen('/${name}', 'r');
    while (($row = fgetcsv($file)) !== false) { echo count($row), ' '; }` });
  console.log(name, text.trim());
}
process.exit(0);
NODE
node read.mjs | tee seen.txt

python3 - <<'PYTHON'
import csv

for name in ("all.csv", "some.csv"):
    with open(name, newline="") as file:
        assert {len(row) for row in csv.reader(file)} == {3}, name
assert open("seen.txt").read() == "all.csv 3 2 3\nsome.csv 3 3 3 4\n", "PHP reads these files otherwise now"
PYTHON
echo 'As described: Python reads three cells a row, PHP two or four where a backslash stands before a quotation mark.'
