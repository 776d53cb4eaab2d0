"""Sentences about the device on which an answer computes, and about libraries or cards it lacks."""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, sentences

DEVICES: Catalogue = sentences(
    {
        "system.cuda_build": (
            "CUDA cannot compute here, because this PyTorch is built for the CPU alone: nothing "
            "was graded, and you lose nothing by it. Grade with `--device sim`, which simulates a "
            "graphics card, or install the CUDA build, as “Start Locally” on pytorch.org says."
        ),
        "system.cuda_card": (
            "CUDA cannot compute here, because this machine shows no NVIDIA card: nothing was "
            "graded, and you lose nothing by it. Grade with `--device sim`, which simulates a "
            "graphics card."
        ),
        "not_run.card_memory": (
            "Not run, because the memory of this graphics card is not enough for it. Its points "
            "are not counted; to reach them here, grade with `--device sim`."
        ),
        "system.cuda_level": (
            "Your code was not run, because a process that can open no file cannot reach a "
            "graphics card: nothing was graded, and you lose nothing by it. Grade with `--device "
            "sim`; `grader doctor` shows what this machine lacks."
        ),
        "system.cuda_driver": (
            "CUDA cannot compute here: {{detail}}. Nothing was graded, and you lose nothing by it. "
            "Update the driver of the NVIDIA card, or grade with `--device sim`, which simulates a "
            "card."
        ),
        "system.torch": (
            "This exercise needs PyTorch, which is not installed here, so nothing was graded and "
            "you lose nothing by it: install it with `pip install '{{package}}'` (its build for "
            "the CPU is all that this system needs), then grade again."
        ),
        "system.torch_linux": (
            "This exercise needs PyTorch, which is not installed here, so nothing was graded and "
            "you lose nothing by it: install it with `pip install '{{package}}'` (that is the CUDA "
            "build, of some GB; for the small CPU build, choose CPU under “Start Locally” on "
            "pytorch.org before that), then grade again."
        ),
    }
)
