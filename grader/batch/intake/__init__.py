"""What a class handed in: a folder or a zip becomes files with owners and exercises."""

from grader.batch.intake.take import take_in

__all__ = ["take_in"]
