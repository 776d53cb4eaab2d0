#!/usr/bin/env bash
# mdit-py-plugins shows the source of a formula that begins a text which ends in a digit.
#
# Version: mdit-py-plugins 0.7.0, with markdown-it-py 4.3.0.
# Source: the plugin's own documentation: without allow_digits, a digit straight before the opening dollar sign, or after
# the closing one, makes it none of a formula.
#
# Seen: "$y$ of class 1" has nothing before its first dollar sign, and is no formula; "$y$ of class" is one. The rule looks
# at src[pos - 1], which is the last character where pos is 0.
# What helps: end such a text in a space (grader/course/formula_parser.py).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mdit-py-plugins==0.7.0 markdown-it-py==4.3.0
venv/bin/python - <<'PYTHON'
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

parser = MarkdownIt().use(dollarmath_plugin, allow_digits=False)
for text in ("$y$ of class", "$y$ of class 1"):
    print(parser.renderInline(text))
assert "<span" in parser.renderInline("$y$ of class")
assert parser.renderInline("$y$ of class 1") == "$y$ of class 1"
PYTHON
