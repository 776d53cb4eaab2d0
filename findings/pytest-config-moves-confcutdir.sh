#!/usr/bin/env bash
# pytest -c FILE lets --rootdir no longer limit what is looked at: all folders above the tests are listed.
#
# Version: pytest 9.0.2.
# Source: pytest's reference of the command line, "--confcutdir": only the folders up from there are looked
# into; the documentation of rootdir names it as what paths are relative to. In _pytest/config the default of
# confcutdir is the folder of the configuration file, and rootdir only where there is none.
#
# Seen: with `-c /dev/null` (no configuration at all, as programs that embed pytest want it) confcutdir is /dev,
# which no test lies in, and collection lists every folder from / down to the tests. Where one of them may be
# gone through and not listed (mode 711, as home folders on shared machines), pytest ends with "found no
# collectors" and exit code 4, though the test file is readable and --rootdir names its own folder.
# With --confcutdir as well, the test runs.
set -euo pipefail

folder=$(mktemp -d)
trap 'chmod -R u+rwx "$folder"; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pytest==9.0.2
mkdir -p shut/tests
echo 'def test_it(): pass' > shut/tests/test_it.py

cat > run.py <<'PYTHON'
import os
import sys

import pytest

os.chdir("/")
tests = f"{sys.argv[1]}/shut/tests"
common = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={tests}", f"{tests}/test_it.py"]
if os.geteuid() == 0:  # to root every folder is open
    pytest.main([f"--confcutdir={tests}", *common])  # imports all that the other user may not be able to read
    os.setgid(65534)
    os.setuid(65534)
without = int(pytest.main(common))
limited = int(pytest.main([f"--confcutdir={tests}", *common]))
print(f"exit codes: {without} with --rootdir alone, {limited} with --confcutdir as well")
sys.exit((without, limited) != (4, 0))
PYTHON
chmod 311 shut
venv/bin/python -B run.py "$folder"
echo 'As described: a folder above that cannot be listed ends the run, unless confcutdir is set.'
