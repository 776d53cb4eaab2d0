#!/usr/bin/env bash
# The first operator below a TorchDispatchMode imports torch._dynamo: some 800 modules, which nothing asked for.
#
# Version: torch 2.13.0 (CPU and CUDA builds).
# Source: torch/utils/_python_dispatch.py: TorchDispatchMode.__init_subclass__ wraps __torch_dispatch__ in
# torch._disable_dynamo, and that (torch/_compile.py) imports torch._dynamo when it is first called. The method
# _should_skip_dynamo, a class method for subclasses, decides whether it is wrapped; its docstring calls that a
# temporary measure. The documentation of torch.utils._python_dispatch does not mention the import.
#
# Seen: with a mode that only counts, torch.zeros(3) takes more than a second of CPU time and sys.modules has
# grown by more than 500 names, torch._dynamo among them; sympy comes with it. With _should_skip_dynamo returning
# False the same mode counts the same and imports nothing. Building any optimiser does the same as the plain mode.
# Who counts operators in short-lived processes (a fork for each program to be looked at) pays that in each one.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check numpy==2.4.6 torch==2.13.0
cat > count.py <<'PY'
import sys
import time

import torch
from torch.utils._python_dispatch import TorchDispatchMode


class Counting(TorchDispatchMode):
    seen = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.seen += 1
        return func(*args, **(kwargs or {}))


class Unwrapped(TorchDispatchMode):
    seen = 0

    @classmethod
    def _should_skip_dynamo(cls):
        return False

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.seen += 1
        return func(*args, **(kwargs or {}))


def imported(what):
    before, began = set(sys.modules), time.process_time()
    seen = what()
    new = set(sys.modules) - before
    return seen, len(new), "torch._dynamo" in new, time.process_time() - began


def below(mode):
    with mode:
        torch.zeros(3)
    return mode.seen


WHAT = {
    "unwrapped": lambda: below(Unwrapped()),
    "mode": lambda: below(Counting()),
    "optimiser": lambda: torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1) and 1,
}
seen, modules, dynamo, seconds = imported(WHAT[sys.argv[1]])
print(f"{sys.argv[1]}: {seen} seen, {modules} modules, torch._dynamo: {dynamo}, {seconds:.2f} s of CPU time")
assert seen == 1
assert dynamo == (sys.argv[1] != "unwrapped")
assert (modules > 500) == dynamo, modules
PY
for what in unwrapped mode optimiser; do
  venv/bin/python count.py "$what"
done
echo 'As described: a mode that only counts, and any optimiser, import torch._dynamo; a mode that is not wrapped does not.'
