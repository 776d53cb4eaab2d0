#!/usr/bin/env bash
# A Dask worker ends when it is sent a task whose function it cannot import.
#
# Version: distributed 2026.8.0.
# Source: distributed/core.py, handle_stream: messages are unpickled as they are read, so the exception of one
# task ends the stream from the scheduler, and with it the worker.
#
# Seen: `client.submit(only_here.f)`, where the module is on the path of client and scheduler alone. The task is
# not in error: it stays pending, and the worker is gone. With a nanny it would come back, get the task again,
# and end again, until the scheduler gives the task up.
# What helps: ask first with something that every worker has, such as `client.submit(eval, "__import__('only_here')
# and 1")`: an exception while a task runs is that task's error.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check distributed==2026.8.0
mkdir here
echo 'def f(): return 1' > here/only_here.py
PYTHONPATH=here venv/bin/dask scheduler --scheduler-file s.json --host 127.0.0.1 --port 0 --no-dashboard 2>/dev/null &
venv/bin/dask worker --scheduler-file s.json --host 127.0.0.1 --no-nanny --no-dashboard 2>/dev/null &
worker=$!
PYTHONPATH=here venv/bin/python - <<'PY'
import time
from distributed import Client
import only_here

with Client(scheduler_file="s.json") as client:
    client.wait_for_workers(1)
    asked = client.submit(eval, "__import__('only_here') and 1")
    print("asked first:", repr(asked.exception()))
    future = client.submit(only_here.f)
    time.sleep(5)
    print("the task is", future.status, "and there are", len(client.scheduler_info()["workers"]), "workers")
PY
sleep 1
kill -0 $worker 2>/dev/null && echo "the worker lives" || echo "the worker has ended"
