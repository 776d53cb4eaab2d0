#!/usr/bin/env bash
# hatchling copies what is named under force-include into editable wheels as well.
#
# Version: hatchling 1.31.0, pip's own build isolation left out (--no-build-isolation).
# Source: hatch.pypa.io, "Wheel builder": a build hook may set force_include_editable; where none does, the
# list for an editable wheel, which else holds little but a .pth file, is the one for all wheels.
#
# Seen: after `pip install -e .` the folder "data", mapped to "pkg/_data", is a real copy in site-packages.
# There is no __init__.py beside it, so that the import of "pkg" goes to the checkout: the copy is never used,
# never updated, and whoever walks through site-packages finds it. Data that is meant to be read in place
# (or not to be read at all) is there twice, and goes stale without a word.
# What helps: a build hook that fills force_include where version == "standard", and nothing else.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hatchling==1.31.0 editables==0.5
mkdir -p project/pkg project/data
cd project
echo 'here = __file__' > pkg/__init__.py
echo 'as it was' > data/text.txt
cat > pyproject.toml <<'TOML'
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "pkg"
version = "1"
[tool.hatch.build.targets.wheel.force-include]
data = "pkg/_data"
TOML
../venv/bin/pip install --quiet --disable-pip-version-check --no-build-isolation -e .
echo 'changed' > data/text.txt

cd ..
site=$(venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
imported=$(venv/bin/python -c 'import pkg; print(pkg.here)')
echo "imported: ${imported#"$folder"/}"
echo "in site-packages: $(cat "$site/pkg/_data/text.txt")"
test "$imported" = "$folder/project/pkg/__init__.py"
test "$(cat "$site/pkg/_data/text.txt")" = 'as it was'
test ! -e "$site/pkg/__init__.py"
echo 'As described: the editable wheel holds a copy of its own, which stays as it was.'
