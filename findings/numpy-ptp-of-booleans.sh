#!/usr/bin/env bash
# numpy.ptp, the range of values, raises on Boolean arrays, where numpy.max, numpy.min and numpy.diff do not.
#
# Version: numpy 2.4.6.
# Source: numpy.org, "numpy.ptp": "range of values (maximum - minimum) along an axis", with no word of types;
# "numpy.diff" says that Boolean arrays are compared entry by entry. In numpy/_core/_methods.py, ptp ends in
# numpy.subtract, which knows no Booleans.
#
# Seen: np.ptp(x > 1) raises "TypeError: numpy boolean subtract, the `-` operator, is not supported", while
# np.max(x > 1) and np.min(x > 1) are the two Booleans whose range it is, and np.diff(x > 1) is an array.
# np.isclose(x > 1, x > 1) is fine as well, for it makes floats of them first.
# Who judges arrays of others, and asks by ptp whether all entries are equal, meets this as soon as somebody
# returns a comparison in the place of numbers. What helps: compare minimum and maximum, which every
# type that can be ordered has.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check numpy==2.4.6
venv/bin/python - <<'PY'
import numpy as np

mask = np.arange(4.0) > 1
print("max, min, diff:", np.max(mask), np.min(mask), np.diff(mask))
assert np.max(mask) and not np.min(mask)
assert np.diff(mask).tolist() == [False, True, False]
assert np.isclose(mask, mask).all()
try:
    print("ptp:", np.ptp(mask))
except TypeError as error:
    print("ptp: TypeError:", error)
    assert "boolean subtract" in str(error)
else:
    raise SystemExit("ptp of Booleans no longer raises")
PY
echo 'As described: the range of Booleans is an error, their largest and smallest are not.'
