"""Which files student processes may read: found by the judge, so that they hear of nothing else."""

from grader.judge.readable.offer import Offer, Offering, courses_in, find_offer

__all__ = ["Offer", "Offering", "courses_in", "find_offer"]
