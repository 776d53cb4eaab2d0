"""Read an epoch beside the submission, and report what does not depend on the order.

Which order the samples come in is free, so it is compared with no other one. Samples are known
again by their rows: no two of x are equal, and no two of d.
"""

from collections.abc import Iterable
from itertools import chain, islice, pairwise

import numpy as np

LIMIT = 200  # batches that are read, far more than any epoch here has


def sizes(submission, x, d, size, seed):
    """Return how many rows each batch has, of x and of d."""
    return told(
        read(submission, x, d, size, generator(seed)),
        lambda batches: [[length(part) for part in batch] for batch in batches],
    )


def times(submission, x, d, size, seed):
    """Return for each sample how often it comes."""

    def tell(batches):
        taken = [number for x_batch, _ in batches for number in numbers(x_batch, x)]
        return {f"x[{number}]": taken.count(number) for number in range(len(x))}

    return told(read(submission, x, d, size, generator(seed)), tell)


def partners(submission, x, d, size, seed):
    """Return for each sample of x what stands beside it: "d[3]", "?" for what is no row of d."""

    def tell(batches):
        found = {f"x[{number}]": set() for number in range(len(x))}
        for x_batch, d_batch in batches:
            pairs = zip(numbers(x_batch, x), numbers(d_batch, d), strict=False)
            for one, other in pairs:
                if one >= 0:
                    found[f"x[{one}]"].add(f"d[{other}]" if other >= 0 else "?")
        return {sample: ", ".join(sorted(beside)) for sample, beside in found.items()}

    return told(read(submission, x, d, size, generator(seed)), tell)


def gathered(submission, x, d, size, seed):
    """Return all rows of an epoch in one order: that of the first numbers in the rows of x."""

    def tell(batches):
        x_rows, d_rows = (np.concatenate(parts) for parts in zip(*batches, strict=True))
        first = np.reshape(x_rows, (len(x_rows), -1))[:, 0]
        order = np.argsort(first, kind="stable")
        return {"x": x_rows[order], "d": d_rows[order]}

    return told(read(submission, x, d, size, generator(seed)), tell)


def dtypes(submission, x, d, size, seed):
    """Return the dtype of the batches of x and of d, or the type of what is no array."""

    def tell(batches):
        names = [[kind(part) for part in batch] for batch in batches]
        x_names, d_names = (sorted(set(parts)) for parts in zip(*names, strict=True))
        return {"x_batch": ", ".join(x_names), "d_batch": ", ".join(d_names)}

    return told(read(submission, x, d, size, generator(seed)), tell)


def mixed(submission, x, d, size, seed):
    """Return whether the samples come in the given order, in the given batches, or side by side.

    The given order is turned round where it begins at another sample, and at the end goes on with
    the first.
    """

    def tell(batches):
        given = [list(range(start, min(start + size, len(x)))) for start in range(0, len(x), size)]
        taken = [numbers(x_batch, x) for x_batch, _ in batches]
        if not known(taken):
            return {"unknown samples": True}
        order = joined(taken)
        return {
            "given order": order == list(range(len(order))),
            "given order, turned round": order == turned(order[0], len(x)),
            "given neighbours": 2 * neighbours(order) > len(x),
            "given batches": all(sorted(batch) in given for batch in taken),
        }

    return told(read(submission, x, d, size, generator(seed)), tell)


def orders(submission, x, d, size, seed, epochs):
    """Return in how many orders the samples come in many epochs, and at which places each comes.

    All epochs are drawn from one generator.
    """
    rng = generator(seed)
    found = set()
    for _ in range(epochs):
        epoch = read(submission, x, d, size, rng)
        if isinstance(epoch, dict):
            return epoch
        order = joined(numbers(x_batch, x) for x_batch, _ in epoch)
        if sorted(order) != list(range(len(x))):
            return {"each sample once": False}
        found.add(tuple(order))
    places = {
        f"x[{number}]": ", ".join(map(str, sorted({order.index(number) for order in found})))
        for number in range(len(x))
    }
    return {"different orders": len(found)} | places


def again(submission, x, d, size, seed):
    """Return whether two epochs drawn from one generator are alike."""
    rng = generator(seed)
    epochs = [read(submission, x, d, size, rng) for _ in range(2)]
    return alike(epochs, x, "same order again", "same batches again")


def seeds(submission, x, d, size, seed, other):
    """Return whether equal seeds lead to one order, and other seeds too."""
    one, same, third = [
        read(submission, x, d, size, generator(number)) for number in (seed, seed, other)
    ]
    found = alike([one, same], x, "equal seeds, one order")
    return found | alike([one, third], x, "other seeds, one order")


def left(submission, x, d, size, seed):
    """Return whether x and d are as before, after all batches have been read."""
    x_given, d_given = np.array(x), np.array(d)
    batches = read_from(submission, x_given, d_given, size, generator(seed))
    same = {
        "x unchanged": np.array_equal(x, x_given),
        "d unchanged": np.array_equal(d, d_given),
    }
    return told(batches, lambda _: same)


def alike(epochs, x, order, batches=None):
    for epoch in epochs:
        if isinstance(epoch, dict):
            return epoch
    one, other = [[numbers(x_batch, x) for x_batch, _ in epoch] for epoch in epochs]
    if not known(one) or not known(other):
        return {"unknown samples": True}
    found = {order: joined(one) == joined(other)}
    if batches is not None:
        found[batches] = sorted(map(sorted, one)) == sorted(map(sorted, other))
    return found


def turned(first, n):
    return [*range(first, n), *range(first)]


def neighbours(order):
    """Count the samples that come right before or after the one that they stand beside in x."""
    return sum(abs(one - other) == 1 for one, other in pairwise(order))


def known(epoch):
    """Tell whether any row of the batches is a sample."""
    return any(number >= 0 for number in joined(epoch))


def joined(epoch):
    return list(chain.from_iterable(epoch))


def generator(seed):
    return np.random.default_rng(seed)


def read(submission, x, d, size, rng):
    """Return the batches as a list of pairs, or a dict that says what came in their place."""
    return read_from(submission, np.array(x), np.array(d), size, rng)


def read_from(submission, x, d, size, rng):
    result = submission.mini_batches(x, d, size, rng)
    if not isinstance(result, Iterable):
        return {"returned": type(result).__name__}
    batches = list(islice(result, LIMIT))
    for batch in batches:
        if not isinstance(batch, tuple | list) or len(batch) != 2:
            alone = isinstance(result, tuple) and len(batches) == 2
            return {"in place of a pair": type(batch).__name__, "one pair returned": alone}
    return batches


def told(batches, tell):
    if isinstance(batches, dict):
        return batches
    return tell(batches) if batches else {"batches": 0}


def numbers(batch, given):
    """Return for each row of a batch the number of the sample that it is, -1 where it is none."""
    rows = [row.tolist() for row in given]
    return [rows.index(row) if row in rows else -1 for row in np.asarray(batch).tolist()]


def length(part):
    return len(part) if np.ndim(part) else 0


def kind(part):
    return str(part.dtype) if isinstance(part, np.ndarray) else type(part).__name__
