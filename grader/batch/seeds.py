"""The seeds of the inputs of each submission, chosen so that feedback on one reveals no other's.

A submission may print its inputs, and its report discloses them. So a secret seed is used until a
run is complete and its reports can be handed back; later submissions are judged under another one.
A submission that was judged before keeps its seed, and so its grade: its bytes existed before any
feedback. All new submissions of a run share one seed, so that a class still costs one evaluation of
each call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.batch.result_cache import submission_id

if TYPE_CHECKING:
    from grader.batch.plan import BatchFolder
    from grader.gradebook.store import Store


class Seeds:
    """The seeds of one run.

    ``seed`` is for submissions that have never been judged in this folder or gradebook. With
    ``fixed`` it is for all, for a comparison of two runs.
    """

    def __init__(
        self, folder: BatchFolder, store: Store | None = None, fixed: int | None = None
    ) -> None:
        self._folder = folder
        self._store = store
        self._known: dict[str, int] = {}
        self._given: dict[str, int] = {}
        if fixed is None:
            self._known = folder.seeds | ({} if store is None else _judged_under(store))
        # A class keeps its seed in any folder.
        self.seed = folder.seed(fixed if store is None or fixed is not None else store.open_seed())

    def of(self, submission: str) -> int:
        """Return the seed of a submission, known by its `submission_id`."""
        seed = self._known.get(submission, self.seed)
        self._given[submission] = seed
        return seed

    def end(self) -> None:
        """Record that the run is complete: later submissions may know its inputs."""
        self._folder.end_round(self._given)
        if self._store is not None:
            self._store.end_round(self.seed)


def _judged_under(store: Store) -> dict[str, int]:
    return {
        submission_id(exercise, file, hash_): seed
        for exercise, file, hash_, seed in store.judged_under()
    }
