"""Sentences about operations that are refused to every submission; each names an alternative."""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, sentences

REFUSED_LOADING: Catalogue = sentences(
    {
        "load.process": (
            "Line {{line}} starts another process, and none can be started here: no `subprocess`,"
            " no `os.fork`, no `multiprocessing`, no `num_workers` above 0 in a DataLoader. Do "
            "the work in this one process, with `num_workers=0`, or with threads "
            "(`ThreadPoolExecutor`)."
        ),
        "load.process_nowhere": (
            "Your file starts another process, and none can be started here: no `subprocess`, no "
            "`os.fork`, no `multiprocessing`, no `num_workers` above 0 in a DataLoader. Do the "
            "work in this one process, with `num_workers=0`, or with threads "
            "(`ThreadPoolExecutor`)."
        ),
        "load.semaphore": (
            "Line {{line}} asks for a lock, a queue or shared memory of `multiprocessing`, and "
            "these do not exist here, since no other process does. Use `threading.Lock` and "
            "`queue.Queue`, or do without."
        ),
        "load.semaphore_nowhere": (
            "Your file asks for a lock, a queue or shared memory of `multiprocessing`, and these "
            "do not exist here, since no other process does. Use `threading.Lock` and "
            "`queue.Queue`, or do without."
        ),
        "load.debugger": (
            "Line {{line}} starts the debugger, and nobody is there to type its commands. Delete "
            "`breakpoint()` or `pdb.set_trace()`, and print the values that you want to see."
        ),
        "load.debugger_nowhere": (
            "Your file starts the debugger, and nobody is there to type its commands. Delete "
            "`breakpoint()` or `pdb.set_trace()`, and print the values that you want to see."
        ),
        "load.compile": (
            "Line {{line}} uses `torch.compile`, which starts a compiler, and no program can be "
            "started here. Delete it: the function computes the same without."
        ),
        "load.compile_nowhere": (
            "Your file uses `torch.compile`, which starts a compiler, and no program can be "
            "started here. Delete it: the function computes the same without."
        ),
    }
)

REFUSED_CALLING: Catalogue = sentences(
    {
        "call.process": (
            "{{function}} starts another process in line {{line}}, and none can be started here: "
            "no `subprocess`, no `os.fork`, no `multiprocessing`, no `num_workers` above 0 in a "
            "DataLoader. Do the work in this one process, with `num_workers=0`, or with threads "
            "(`ThreadPoolExecutor`)."
        ),
        "call.process_nowhere": (
            "{{function}} starts another process, and none can be started here: no `subprocess`, "
            "no `os.fork`, no `multiprocessing`, no `num_workers` above 0 in a DataLoader. Do the"
            " work in this one process, with `num_workers=0`, or with threads "
            "(`ThreadPoolExecutor`)."
        ),
        "call.semaphore": (
            "{{function}} asks for a lock, a queue or shared memory of `multiprocessing` in line "
            "{{line}}, and these do not exist here, since no other process does. Use "
            "`threading.Lock` and `queue.Queue`, or do without."
        ),
        "call.semaphore_nowhere": (
            "{{function}} asks for a lock, a queue or shared memory of `multiprocessing`, and "
            "these do not exist here, since no other process does. Use `threading.Lock` and "
            "`queue.Queue`, or do without."
        ),
        "call.debugger": (
            "{{function}} starts the debugger in line {{line}}, and nobody is there to type its "
            "commands. Delete `breakpoint()` or `pdb.set_trace()`, and print the values that you "
            "want to see."
        ),
        "call.debugger_nowhere": (
            "{{function}} starts the debugger, and nobody is there to type its commands. Delete "
            "`breakpoint()` or `pdb.set_trace()`, and print the values that you want to see."
        ),
        "call.compile": (
            "{{function}} uses `torch.compile` in line {{line}}, which starts a compiler, and no "
            "program can be started here. Delete it: the function computes the same without."
        ),
        "call.compile_nowhere": (
            "{{function}} uses `torch.compile`, which starts a compiler, and no program can be "
            "started here. Delete it: the function computes the same without."
        ),
    }
)
