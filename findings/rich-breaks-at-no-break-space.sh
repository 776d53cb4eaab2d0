#!/usr/bin/env bash
# rich breaks a line at a no-break space.
#
# Version: rich 15.0.0.
# Source: Unicode, annex 14 (line breaking): U+00A0 is of class GL, "non-breaking (glue)"; no line ends beside it.
#
# Seen: "bbb\u00a0?" in 8 columns, where it does not fit behind "aaaa", becomes "aaaa bbb" and "?". Python's \s, by which
# rich finds the words of a text, matches U+00A0, where the standard library's textwrap splits at ASCII spaces alone.
# French writes this space before ; : ! ? and inside quotation marks, so that a question mark may begin a line.
# What helps: nothing that leaves the text as it is; plain output goes through textwrap, which keeps the two together.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check rich==15.0.0
venv/bin/python - <<'PYTHON'
import io
import textwrap

from rich.console import Console

text = "aaaa bbb\u00a0?"
console = Console(file=io.StringIO(), width=8)
console.print(text)
lines = [line.rstrip() for line in console.file.getvalue().splitlines()]
print("rich:", lines)
print("textwrap:", textwrap.wrap(text, 8))
assert textwrap.wrap(text, 8) == ["aaaa", "bbb\u00a0?"]
assert lines == ["aaaa bbb", "?"], "rich keeps a no-break space together now"
PYTHON
