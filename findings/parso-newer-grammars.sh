#!/usr/bin/env bash
# parso has grammars named 3.10 to 3.14 that refuse what these versions of Python brought.
#
# Version: parso 0.8.7 (PyPI), a parser of Python that jedi is built on.
# Source: parso's documentation: load_grammar(version="3.14") loads the grammar of that version, and
# Grammar.iter_errors finds what that version of Python would refuse.
#
# Seen: the grammars 3.12, 3.13 and 3.14 call these syntax errors, all of them valid there: `match` (3.10),
# `type X = int` (3.12), the same quotation marks inside an f-string (3.12), `except A, B:` and t"…" (3.14).
# Of what is new since 3.10 they take only `def f[T](x)`. So whether a source is meant for a newer Python
# cannot be asked of parso: it answers no to most that are, without a word that it cannot tell.
# What helps: Ruff's parser, which takes all of them and names the version that each one needs.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check parso==0.8.7 ruff==0.17.5

"$folder/venv/bin/python" - "$folder/venv/bin/ruff" <<'PYTHON'
import subprocess
import sys

import parso

SOURCES = {
    "match": "match 1:\n    case 1:\n        pass\n",
    "type": "type X = int\n",
    "generic": "def f[T](x: T) -> T:\n    return x\n",
    "quotes": 'd = {"a": 1}\nprint(f"{d["a"]}")\n',
    "except": "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n",
    "template": 'x = t"a{1}"\n',
}
grammar = parso.load_grammar(version="3.14")
seen = {}
for name, source in SOURCES.items():
    errors = [error.message for error in grammar.iter_errors(grammar.parse(source))]
    command = [sys.argv[1], "check", "--isolated", "--no-cache", "--select=F704", "--quiet", "-"]
    ruff = subprocess.run([*command, "--target-version=py314"], input=source, text=True, check=False)
    assert ruff.returncode == 0, f"Ruff refuses {name} for Python 3.14"
    seen[name] = not errors
    print(f"{name:9} parso, grammar 3.14: {errors[0] if errors else 'valid'}")
wrong = [name for name, valid in seen.items() if not valid]
assert wrong == ["match", "type", "quotes", "except", "template"], "parso reads these otherwise now"
PYTHON
echo 'As described: of six constructs that are valid in Python 3.14, the grammar 3.14 of parso refuses five.'
