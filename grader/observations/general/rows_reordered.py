"""The right rows in another order."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import Pair, close
from grader.observations.moved_values import is_long
from grader.observations.observation import GeneralObservation, Support


class RowsReordered(GeneralObservation):
    """The right rows in another order."""

    id = "observation.rows_reordered"
    rank = 380
    message = (
        "Your rows are right, but they stand in another order. Check by which index each row "
        "is read, and where it is stored."
    )

    def support(self, pair: Pair) -> Support | None:
        """Support that whole rows were moved."""
        if not is_long(pair) or pair.right.ndim == 1:
            return None
        got, right = (array.reshape(len(array), -1) for array in (pair.got, pair.right))
        if not close(got[np.lexsort(got.T)], right[np.lexsort(right.T)]):
            return None
        return Support(pair.numbers)
