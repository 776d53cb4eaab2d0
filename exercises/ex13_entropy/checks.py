import numpy as np

from grader import assert_close, assert_computed, assert_unmodified, hidden, observation

PARTS = 1024  # probabilities are multiples of 1/1024, which float32 holds exactly


def distribution(rng, size, zeros=()):
    """Draw probabilities that sum to 1, no two equal; those at `zeros` are 0."""
    possible = np.setdiff1d(np.arange(size), zeros)
    weights = rng.permutation(np.arange(1, len(possible) + 1)) + rng.uniform(0, 0.4, len(possible))
    parts = np.maximum(1, np.round(weights / weights.sum() * PARTS))
    parts[parts.argmax()] += PARTS - parts.sum()
    p = np.zeros(size)
    p[possible] = parts / PARTS
    return p


def apart(rng, size, p_zeros=(), q_zeros=()):
    """Draw two distributions whose divergence differs from that in the other direction."""
    while True:
        p, q = distribution(rng, size, p_zeros), distribution(rng, size, q_zeros)
        both = (p > 0) & (q > 0)
        ratios = np.log(p[both] / q[both])
        one, other = float((p[both] * ratios).sum()), float((-q[both] * ratios).sum())
        if abs(one - other) > 0.03 and abs(one) > 0.03 and abs(other) > 0.03:
            return p, q


def compare(function, right, *calls):
    """Compare the results for some calls, all made before the first is judged.

    Of numbers of the size of 1 a difference may be left, which rounding then blurs.
    """
    results = [function(*args) for args in calls]
    for got, args in zip(results, calls, strict=True):
        assert_close(got, right(*args), scale=1)


def compare_special(function, right, *special, ordinary):
    """Compare the results for special cases; where these are right, see that not all are so.

    Whether an ordinary case is right is for other checks: it must be another number.
    """
    results = [function(*args) for args in special]
    for got, args in zip(results, special, strict=True):
        assert_close(got, right(*args), scale=1)
    other, expected = function(*ordinary), right(*special[0])
    if not is_finite(other) or (np.isfinite(expected) and abs(other - expected) < 1e-3):
        assert_close(other, right(*ordinary), scale=1)


def is_finite(value):
    return number(value) is not None and bool(np.isfinite(number(value)))


def test_information_number(student, reference, rng):
    powers = [float(0.5**n) for n in rng.permutation(np.arange(1, 8))[:2]]
    other = int(rng.integers(3, 60)) / 64
    calls = [(p,) for p in [*powers, other, 1.0]]
    compare(student.information, reference.information, *calls)


def test_information_array(student, reference, rng):
    table = rng.permutation(np.arange(1, 33))[:6].reshape(2, 3) / 32
    calls = [(distribution(rng, 4),), (table,)]
    compare(student.information, reference.information, *calls)


def test_information_of_zero(student, reference, rng):
    """The number 0.0: what cannot happen would tell infinitely much."""
    ordinary = (int(rng.integers(3, 60)) / 64,)
    compare_special(student.information, reference.information, (0.0,), ordinary=ordinary)


def test_information_impossible(student, reference, rng):
    arrays = [distribution(rng, 4, rng.integers(0, 4, 1)), rng.permutation([1.0, 0.25, 0.0])]
    compare(student.information, reference.information, *((p,) for p in arrays))


def test_entropy(student, reference, rng):
    compare(student.entropy, reference.entropy, (distribution(rng, 4),), (distribution(rng, 6),))


def test_entropy_zeros(student, reference, rng):
    several = rng.permutation(6)[:2]
    arrays = [distribution(rng, 4, rng.integers(0, 4, 1)), distribution(rng, 6, several)]
    compare(student.entropy, reference.entropy, *((p,) for p in arrays))


def test_entropy_certain(student, reference, rng):
    certain = [(rng.permutation([0, 0, 1, 0]),), (rng.permutation([0.0, 1.0, 0.0]),)]
    ordinary = (distribution(rng, 4),)
    compare_special(student.entropy, reference.entropy, *certain, ordinary=ordinary)


def test_cross_entropy(student, reference, rng):
    compare(student.cross_entropy, reference.cross_entropy, apart(rng, 4), apart(rng, 6))


def test_cross_entropy_one_hot(student, reference, rng):
    calls = [(np.eye(k, dtype=int)[rng.integers(k)], distribution(rng, k)) for k in (4, 5)]
    compare(student.cross_entropy, reference.cross_entropy, *calls)


def test_cross_entropy_zeros(student, reference, rng):
    """Where q is 0, p is 0 too."""
    places = rng.permutation(6)[:2]
    calls = [apart(rng, 6, places, places), apart(rng, 5, [0, 2], [2])]
    compare(student.cross_entropy, reference.cross_entropy, *calls)


def excluding(rng, size):
    """Draw p without zeros, and q that takes one of the outcomes for impossible."""
    return distribution(rng, size), distribution(rng, size, rng.integers(0, size, 1))


def test_cross_entropy_impossible(student, reference, rng):
    pairs, ordinary = [excluding(rng, 4), excluding(rng, 6)], apart(rng, 4)
    compare_special(student.cross_entropy, reference.cross_entropy, *pairs, ordinary=ordinary)


def test_divergence(student, reference, rng):
    compare(student.kl_divergence, reference.kl_divergence, apart(rng, 4), apart(rng, 6))


def test_divergence_equal(student, reference, rng):
    pairs = [(p, p.copy()) for p in (distribution(rng, 5), distribution(rng, 3))]
    ordinary = apart(rng, 5)
    compare_special(student.kl_divergence, reference.kl_divergence, *pairs, ordinary=ordinary)


def test_divergence_zeros(student, reference, rng):
    """Where q is 0, p is 0 too."""
    places = rng.permutation(6)[:2]
    calls = [apart(rng, 6, places, places), apart(rng, 5, [0, 2], [2])]
    compare(student.kl_divergence, reference.kl_divergence, *calls)


def test_divergence_impossible(student, reference, rng):
    pairs, ordinary = [excluding(rng, 4), excluding(rng, 6)], apart(rng, 4)
    compare_special(student.kl_divergence, reference.kl_divergence, *pairs, ordinary=ordinary)


def test_unmodified(student, rng):
    p, q = apart(rng, 5, [1, 3], [3])
    other, _ = apart(rng, 5, [0], [2])
    pairs = [
        [student.information.outcome(distribution(rng, 4)), student.information.outcome(p)],
        [student.entropy.outcome(p), student.entropy.outcome(distribution(rng, 5))],
        [student.cross_entropy.outcome(p, q), student.cross_entropy.outcome(other, p)],
        [student.kl_divergence.outcome(p, q), student.kl_divergence.outcome(p, p.copy())],
    ]
    assert_unmodified(*(outcome for pair in pairs for outcome in pair))
    assert_computed(*pairs)


@hidden
def test_other_information(student, reference, rng):
    cube = rng.permutation(np.arange(1, 65))[:12].reshape(2, 3, 2) / 64
    calls = [(distribution(rng, 20),), (0.375,), (cube,)]
    compare(student.information, reference.information, *calls)


@hidden
def test_other_entropies(student, reference, rng):
    uniform = np.full(8, 1 / 8)
    calls = [(distribution(rng, 2),), (distribution(rng, 30),), (uniform,)]
    compare(student.entropy, reference.entropy, *calls)


@hidden
def test_other_cross_entropies(student, reference, rng):
    calls = [apart(rng, size) for size in (3, 8, 20)]
    compare(student.cross_entropy, reference.cross_entropy, *calls)


@hidden
def test_other_divergences(student, reference, rng):
    calls = [apart(rng, size) for size in (3, 8, 20)]
    compare(student.kl_divergence, reference.kl_divergence, *calls)


# -- facts about wrong results --------------------------------------------------------------------


def number(got):
    """Return a result that is one number, None where it is anything else."""
    if isinstance(got, int | float | np.generic | np.ndarray) and np.size(got) == 1:
        value = np.asarray(got)
        if value.dtype.kind in "iuf":
            return float(value.reshape(()))
    return None


def sums(call):
    """Tell whether the function that is called returns one number, a sum over the outcomes."""
    return call.name != "information" and all(np.ndim(arg) == 1 for arg in call.args)


def wrong(call, got, right):
    """Return a wrong sum where both numbers are finite; else None."""
    got, right = number(got), number(right)
    if got is None or right is None or not sums(call) or not np.isfinite([got, right]).all():
        return None
    return None if np.isclose(got, right, rtol=1e-5, atol=1e-9) else got


def matches(call, got, right, *values):
    """Tell whether a wrong sum is one of these values."""
    got = wrong(call, got, right)
    return got is not None and any(
        np.isfinite(value) and np.isclose(got, value, rtol=1e-6, atol=1e-9) for value in values
    )


def cross(p, q):
    """Return H(P, Q) in nats."""
    p, q = np.asarray(p, np.float64), np.asarray(q, np.float64)
    possible = p > 0
    return float(-(p[possible] * np.log(q[possible])).sum())


def quantities(call):
    """Return what else can be made of the same arguments, by name."""
    p = call.args[0]
    if len(call.args) == 1:
        return {}
    q = call.args[1]
    h_p, h_q, h_pq, h_qp = cross(p, p), cross(q, q), cross(p, q), cross(q, p)
    return {
        "H(P, Q)": h_pq,
        "H(Q, P)": h_qp,
        "H(P)": h_p,
        "H(Q)": h_q,
        "KL(P, Q)": h_pq - h_p,
        "KL(Q, P)": h_qp - h_q,
        "H(P) - H(P, Q)": h_p - h_pq,
        "H(P, Q) + H(P)": h_pq + h_p,
        "H(P, Q) - H(Q)": h_pq - h_q,
        "H(P) - H(Q)": h_p - h_q,
        "-H(P, Q)": -h_pq,
    }


def terms(call):
    """Return the terms of the sum, those of outcomes with p > 0."""
    p = np.asarray(call.args[0], np.float64)
    q = np.asarray(call.args[-1], np.float64)
    possible = p > 0
    p, q = p[possible], q[possible]
    return p * np.log(p / q) if call.name == "kl_divergence" else -p * np.log(q)


@observation
def one_of_several(call, got, right):
    return (
        isinstance(got, tuple | list)
        and len(got) > 1
        and sums(call)
        and any(
            isinstance(part, int | float | np.generic) and np.isclose(part, right, rtol=1e-6)
            for part in got
        )
    )


@observation(first=True)
def several_numbers(call, got, right):
    if not sums(call) or not isinstance(got, np.ndarray | list) or np.size(got) < 2:
        return False
    return {"shape": str(np.shape(got))}


@observation
def one_number_for_all(call, got, right):
    """One number, where `information` has one for each entry."""
    return call.name == "information" and number(got) is not None and np.size(right) > 1


@observation
def not_a_number(call, got, right):
    got = number(got)
    return got is not None and np.isnan(got)


@observation(first=True)
def finite_where_infinite(call, got, right):
    """A finite number where a probability of 0 asks for infinity."""
    if not isinstance(got, int | float | np.generic | np.ndarray) or np.shape(got) != np.shape(
        right
    ):
        return False
    places = np.isinf(np.atleast_1d(right))
    found = np.atleast_1d(np.asarray(got, np.float64))[places]
    return found.size > 0 and bool(np.isfinite(found).all()) and {"value": float(found[0])}


@observation
def infinite(call, got, right):
    """An infinite number where another one is right."""
    got, right = number(got), number(right)
    return got is not None and right is not None and np.isinf(got) and got != right


@observation(first=True)
def not_zero_for_equal(call, got, right):
    if call.name != "kl_divergence" or not np.array_equal(*call.args):
        return False
    got = wrong(call, got, right)
    return got is not None and {"value": got}


@observation
def other_base(call, got, right):
    """The right result but for the base of the logarithm."""
    if not isinstance(got, float | np.generic | np.ndarray) or np.shape(got) != np.shape(right):
        return False
    got, right = np.asarray(got, np.float64), np.asarray(right, np.float64)
    if not right.any() or not np.isfinite(right).all():
        return False
    own = np.log(2) if call.name == "information" else 1.0
    for base, name in ((2.0, "2"), (np.e, "e"), (10.0, "10")):
        values = right * own / np.log(base)
        if not np.allclose(values, right, rtol=1e-6) and np.allclose(got, values, rtol=1e-6):
            return {"base": name}
    return False


@observation
def other_quantity(call, got, right):
    """Another quantity of the same two distributions."""
    if wrong(call, got, right) is None:
        return False
    for name, value in quantities(call).items():
        if matches(call, got, right, value):
            return {"formula": name}
    return False


@observation
def weights_missing(call, got, right):
    """The sum, or the mean, of the logarithms without the probabilities in front of them."""
    if wrong(call, got, right) is None:
        return False
    p, q = (np.asarray(arg, np.float64) for arg in (call.args[0], call.args[-1]))
    both = (p > 0) & (q > 0)
    logs = np.log(p[both] / q[both]) if call.name == "kl_divergence" else np.log(q[both])
    values = (logs.sum(), logs.mean(), logs.sum() / p.size)
    return matches(call, got, right, *values, *(-value for value in values))


@observation
def number_of_outcomes(call, got, right):
    """The right sum, divided by the number of outcomes or multiplied with it."""
    if wrong(call, got, right) is None:
        return False
    count = np.size(call.args[0])
    return matches(call, got, right, float(right) / count, float(right) * count)


@observation
def simple_factor(call, got, right):
    value = wrong(call, got, right)
    if value is None:
        return False
    for factor in (2, 0.5, 3, 4, 0.25, -2, -0.5):
        if right and matches(call, got, right, factor * float(right)):
            return {"factor": float(factor)}
    return False


@observation
def symmetric(call, got, right):
    """Both directions of the divergence, or the mean of both distributions."""
    if call.name != "kl_divergence" or wrong(call, got, right) is None:
        return False
    p, q = (np.asarray(arg, np.float64) for arg in call.args)
    middle = (p + q) / 2
    both = cross(p, q) - cross(p, p) + cross(q, p) - cross(q, q)
    halves = cross(p, middle) - cross(p, p) + cross(q, middle) - cross(q, q)
    return matches(call, got, right, both, both / 2, halves / 2, halves)


@observation
def one_term(call, got, right):
    if wrong(call, got, right) is None or terms(call).size < 3:
        return False
    return matches(call, got, right, *terms(call), *-terms(call))


@observation
def edge_left_out(call, got, right):
    if wrong(call, got, right) is None or terms(call).size < 3:
        return False
    found = terms(call)
    return matches(call, got, right, found[1:].sum(), found[:-1].sum(), found[1:-1].sum())


@observation
def perplexity(call, got, right):
    if wrong(call, got, right) is None:
        return False
    return matches(call, got, right, np.exp(number(right)), np.exp2(number(right)))


@observation
def absolute_terms(call, got, right):
    """The sum of the terms without their signs."""
    if call.name != "kl_divergence" or wrong(call, got, right) is None:
        return False
    return matches(call, got, right, np.abs(terms(call)).sum())


@observation
def rounded_value(call, got, right):
    value = wrong(call, got, right)
    return value is not None and any(value == round(float(right), n) for n in range(1, 6))


@observation(first=True)
def nearly_right(call, got, right):
    if not isinstance(got, int | float | np.generic | np.ndarray):
        return False
    got, right = np.asarray(got, np.float64), np.asarray(right, np.float64)
    if got.shape != right.shape or not np.array_equal(np.isinf(got), np.isinf(right)):
        return False
    finite = np.isfinite(right)
    error = float(np.abs(got - right).max(initial=0.0, where=finite))
    return 1e-12 < error < 1e-3 and {"error": error}


@observation(first=True)
def negative(call, got, right):
    got = wrong(call, got, right)
    return got is not None and got < 0 and {"value": got}


@observation
def too_small(call, got, right):
    got = wrong(call, got, right)
    return got is not None and got < float(right)


@observation
def too_large(call, got, right):
    got = wrong(call, got, right)
    return got is not None and got > float(right)
