"""What the inputs of each submission are drawn from, so that feedback on one answers no other.

A submission may print its inputs, and its report brings them home. So a secret seed serves until
a run is complete and its reports can be handed back; what is handed in afterwards is judged under
another one. What was judged before keeps its seed, and so its grade: its bytes were there before
any feedback. All that is new in a run is drawn from one seed, so that a class still costs one
evaluation of each call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.batch.result_cache import submission_id

if TYPE_CHECKING:
    from grader.batch.plan import BatchFolder
    from grader.gradebook.store import Store


class Seeds:
    """The seeds of one run.

    ``seed`` is for what has never been judged in this folder or gradebook. With ``fixed`` it is for
    everything, as somebody asked for who compares two runs.
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
        # A class keeps its seed, whatever the folder.
        self.seed = folder.seed(fixed if store is None or fixed is not None else store.open_seed())

    def of(self, submission: str) -> int:
        """Return the seed of a submission, known by its `submission_id`."""
        seed = self._known.get(submission, self.seed)
        self._given[submission] = seed
        return seed

    def end(self) -> None:
        """Note that the run is complete: what is handed in from now on may know its inputs."""
        self._folder.end_round(self._given)
        if self._store is not None:
            self._store.end_round(self.seed)


def _judged_under(store: Store) -> dict[str, int]:
    return {
        submission_id(exercise, file, hash_): seed
        for exercise, file, hash_, seed in store.judged_under()
    }
