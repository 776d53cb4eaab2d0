#!/usr/bin/env bash
# IPython 9 names the next cell in the traceback of an exception below %%capture: In[3] for the second cell.
#
# Version: ipython 9.18.1; 8.39.0 names the right one.
# Source: ipython.readthedocs.io, "%%capture": "run the cell, capturing stdout, stderr, and IPython's rich
# display() calls". run_cell raises shell.execution_count before the cell runs, in 8 it was raised afterwards. The
# magic runs the body by run_cell without history, which names it by the count as it is then.
#
# Seen: the cell with the number 2 (ExecutionResult.execution_count) ends in a traceback that begins with
# "Cell In[3], line 1". A reader looks for the mistake in a cell that there is not yet.
# Every magic that runs its body by run_cell meets this, and so does an extension that takes
# shell.execution_count within a pre_run_cell callback for the number of the cell. What helps: the length of
# shell.history_manager.input_hist_raw in that callback, which is the number in both versions.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export IPYTHONDIR=$folder/ipython
cat > run.py <<'PY'
import contextlib
import io
import re

from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance(colors="nocolor")
seen = []
shell.events.register(
    "pre_run_cell",
    lambda info: seen.append(len(shell.history_manager.input_hist_raw)) if info.store_history else None,
)
shell.run_cell("x = 1", store_history=True)
out = io.StringIO()
with contextlib.redirect_stdout(out):
    result = shell.run_cell("%%capture --no-stdout\n1 / 0", store_history=True)
named = re.search(r"In\[(\d+)\]", out.getvalue())[1]
print(f"cell {result.execution_count}, named In[{named}], by its callback {seen[-1]}")
PY
for version in 8.39.0 9.18.1; do
  python3 -m venv "$version"
  "$version/bin/pip" install --quiet --disable-pip-version-check "ipython==$version"
  "$version/bin/python" run.py 2>/dev/null | tee "$version.txt"
done
grep -q 'cell 2, named In\[2\], by its callback 2' 8.39.0.txt
grep -q 'cell 2, named In\[3\], by its callback 2' 9.18.1.txt
echo 'As described: from 9 on the traceback names the cell after the one that failed.'
