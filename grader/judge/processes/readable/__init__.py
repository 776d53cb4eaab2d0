"""Which files student processes may read: found by the judge, so that they hear of nothing else."""

from grader.judge.processes.readable.offer import Offer, Offering, find_offer, foreign_in

__all__ = ["Offer", "Offering", "find_offer", "foreign_in"]
