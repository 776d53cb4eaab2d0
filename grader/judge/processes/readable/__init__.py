"""The files that student processes may read: found by the judge, and disclosed one by one."""

from grader.judge.processes.readable.offer import Offer, Offering, find_offer, foreign_in

__all__ = ["Offer", "Offering", "find_offer", "foreign_in"]
