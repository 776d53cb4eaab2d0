"""Train networks beside the submission and report what holds wherever training starts.

Each submission draws its own weights, so what is reported are no parameters, but how a step or a
loss stands to the slope or to the loss at the parameters where that very submission was.
"""

from itertools import pairwise

import numpy as np

STEP = 1e-30  # imaginary: no digits are lost, and a kink of relu is never crossed
NEAR = 1e-6
ONE_NUMBER = 6  # digits of a factor
KEYS = ("W1", "b1", "W2", "b2")


def activated(u, activation):
    if activation == "identity":
        return u
    if activation == "relu":
        return np.where(u.real > 0, u, 0)
    return 0.5 * (1 + np.tanh(0.5 * u))


def loss(params, x, d, activation, at_output="identity"):
    """Return half the mean squared error, over every element."""
    hidden = activated(x @ params["W1"] + params["b1"], activation)
    y = activated(hidden @ params["W2"] + params["b2"], at_output)
    return 0.5 * ((y - d) ** 2).mean()


def slopes(_submission, params, x, d, activation):
    """Return the slope of the loss along every parameter, each moved alone.

    A complex step gives what the central difference tends to, without its rounding.
    """
    found = {}
    for key, value in params.items():
        found[key] = np.zeros(np.shape(value))
        for i in np.ndindex(found[key].shape):
            moved = {name: np.array(array, dtype=complex) for name, array in params.items()}
            moved[key][i] += 1j * STEP
            found[key][i] = loss(moved, x, d, activation).imag / STEP
    return found


def trained(submission, task, epochs, seed):
    """Train on copies of the data with a fresh generator."""
    x, d, hidden, activation, rate = task
    rng = np.random.default_rng(seed)
    params, history = submission.train(x.copy(), d.copy(), hidden, activation, rate, epochs, rng)
    return {key: np.asarray(value) for key, value in params.items()}, list(history)


def run(submission, task, epochs, seed):
    """Return the parameters after a whole training, and its history as an array: a curve."""
    params, history = trained(submission, task, epochs, seed)
    return {"params": params, "history": np.array(history, dtype=float)}


def kinds(submission, task, epochs, seed):
    """Return the shapes of the parameters and the length of the history, or what comes instead."""
    x, d, hidden, activation, rate = task
    answer = submission.train(x, d, hidden, activation, rate, epochs, np.random.default_rng(seed))
    if not (isinstance(answer, tuple | list) and len(answer) == 2):
        return {"instead": type(answer).__name__}
    params, history = answer
    if not isinstance(params, dict):
        return {"params": type(params).__name__}
    shapes = {
        str(key): list(value.shape) if isinstance(value, np.ndarray) else type(value).__name__
        for key, value in params.items()
    }
    count = len(history) if isinstance(history, list | tuple | np.ndarray) else -1
    return {"params": shapes, "history": count}


def starts(submission, task, seed, other):
    """Return how many weights differ, how many repeat by seed, and which biases are not 0."""
    one, again, third = [trained(submission, task, 0, s)[0] for s in (seed, seed, other)]
    first, second, last = [
        np.concatenate([params["W1"].ravel(), params["W2"].ravel()])
        for params in (one, again, third)
    ]
    return {
        "all": int(first.size),
        "different": int(np.unique(first).size),
        "same_seed": int((first == second).sum()),
        "other_seed": int((first == last).sum()),
        "biases": [key for key in ("b1", "b2") if np.any(one[key])],
    }


def factors(submission, task, epochs, seeds):
    """Return (4, 2), for W1, b1, W2 and b2: what the last step is of learning rate times slope.

    Beside that number stands 1. Where entries or seeds have no one number, NaN and 0 stand there.
    With it comes the rule that the steps follow.
    """
    x, d, _, activation, rate = task
    moves, rights = [], []
    for seed in seeds:
        before, _ = trained(submission, task, epochs - 1, seed)
        after, _ = trained(submission, task, epochs, seed)
        moves.append({key: (before[key] - after[key]) / rate for key in before})
        rights.append(slopes(submission, before, x, d, activation))
    rows = [factor([move[key] for move in moves], [right[key] for right in rights]) for key in KEYS]
    return {"factors": np.array(rows), "rule": rule(submission, activation, seeds[0])}


def factor(found, right):
    """Return the number that makes an array of another, and 1; NaN and 0 where there is none."""
    found, right = [
        np.concatenate([np.ravel(one) for one in several]) for several in (found, right)
    ]
    size = np.abs(right).max(initial=0.0)
    if not (found.size == right.size and np.isfinite(found).all() and size > 0):
        return np.nan, 0
    number = float(found @ right / (right @ right))
    near = np.abs(found - number * right).max() <= NEAR * size * max(1.0, abs(number))
    return (round(number, ONE_NUMBER) + 0.0, 1) if near else (np.nan, 0)


def derivative(submission, activation, seed):
    """Return the factor at the hidden neurons in the step of b1: of neurons that are on, and off.

    One sample next to 0, where sigmoid has the slope 1/4: what it is made of is then known without
    the weights. NaN where it cannot be told. With it comes the rule that the steps follow.
    """
    return {
        "slopes": slopes_at_zero(submission, activation, seed),
        "rule": rule(submission, activation, seed),
    }


def slopes_at_zero(submission, activation, seed):
    x, d = np.array([[1e-9, -2e-9]]), np.array([[3.0, -5.0]])
    task = (x, d, 40, activation, 1e-9)
    before, _ = trained(submission, task, 0, seed)
    after, _ = trained(submission, task, 1, seed)
    arriving = before["W2"] @ (before["b2"] - after["b2"])
    on = x[0] @ before["W1"] > 0
    clear = np.abs(arriving) > 0.1 * np.abs(arriving).max()
    if np.any(before["b1"]) or not clear[on].any() or not clear[~on].any():
        return np.full(2, np.nan)
    ratios = (before["b1"] - after["b1"]) / np.where(clear, arriving, 1)
    return np.array([one_number(ratios[on & clear]), one_number(ratios[~on & clear])])


def one_number(values):
    middle = float(np.median(values))
    return round(middle, 4) + 0.0 if np.abs(values - middle).max() < 1e-4 else np.nan


def losses(submission, task, epochs, seeds):
    """Return the length of the history, and (6, 2) what it is of six losses, as `factors` does.

    They are the loss before each step; the one after it; those before it if the activation was
    that of the output as well, or the other one; the root of the mean square, and the mean of the
    absolute differences. `digits` is to how many the history is rounded, -1 where it is not.
    """
    x, d, _, activation, _ = task
    other = {"relu": "sigmoid", "sigmoid": "relu"}[activation]
    found, candidates = [], [[] for _ in range(6)]
    for seed in seeds:
        _, history = trained(submission, task, epochs, seed)
        count = len(history)
        found.append(np.array(history[:epochs], dtype=float))
        steps = [trained(submission, task, k, seed)[0] for k in range(len(found[-1]) + 1)]
        all_losses = [loss(params, x, d, activation) for params in steps]
        before = steps[:-1]
        candidates[0].append(all_losses[:-1])
        candidates[1].append(all_losses[1:])
        candidates[2].append([loss(params, x, d, activation, activation) for params in before])
        candidates[3].append([loss(params, x, d, other) for params in before])
        candidates[4].append(np.sqrt(2 * np.array(all_losses[:-1])))
        candidates[5].append([absolute(params, x, d, activation) for params in before])
    return {
        "count": count,
        "factors": np.array([factor(found, one) for one in candidates]),
        "digits": digits(found, candidates[0]),
        "rule": rule(submission, activation, seeds[0]),
    }


def absolute(params, x, d, activation):
    """Return the mean of the absolute differences."""
    y = activated(x @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.abs(y - d).mean()


def digits(found, right):
    """Return to how many digits numbers are the rounded right ones, else -1."""
    found, right = np.concatenate(found), np.concatenate(right)
    if found.shape != right.shape:
        return -1
    fitting = (n for n in range(6) if np.array_equal(found, np.round(right, n)))
    return next(fitting, -1)


def loss_of(_submission, params, x, d, activation):
    """Return the loss of given parameters."""
    return float(loss(params, x, d, activation))


# -- the rule that the steps of a training follow -------------------------------------------------


def rule(submission, activation, seed):
    """Return by which rule a training moves that is not gradient descent; "" where none is known.

    The differences are large here, so that all there is to see is seen.
    """
    rng = np.random.default_rng(seed)
    x, d = [rng.choice([-1, 1], (7, k)) * rng.integers(2, 17, (7, k)) / 8 for k in (2, 3)]
    d = 8 * d
    rate = 0.125
    at = [trained(submission, (x, d, 5, activation, rate), k, seed)[0] for k in range(4)]
    again = trained(submission, (x, d, 5, activation, rate), 0, seed)[0]
    if not all(np.array_equal(at[0][key], again[key]) for key in KEYS):
        return "not_from_rng"
    moves = [{key: (one[key] - two[key]) / rate for key in KEYS} for one, two in pairwise(at)]
    passes = [Pass(params, x, activation) for params in at[:3]]
    rights = [one.gradient((one.y - d) / d.size) for one in passes]
    return (
        of_standing(moves, rights)
        or of_later(moves, rights)
        or of_first(moves[0], at[0], x, d, activation)
    )


def of_standing(moves, rights):
    """Return what is known of steps that move nothing."""
    moved = [any(move[key].any() for key in KEYS) for move in moves]
    if moved == [True, False, False]:
        return "once_only"
    if moved == [False, True, True] and alike(moves[1], rights[1]):
        return "one_step_behind"
    return ""


def of_later(moves, rights):
    """Return what is known of steps whose first one is right, or is right but for a factor."""
    numbers = [factor(flat(move), flat(right)) for move, right in zip(moves, rights, strict=True)]
    if all(same for _, same in numbers):
        first, second, third = [number for number, _ in numbers]
        if first > 0 and abs(second - first) > NEAR and abs(third - second) > NEAR:
            return "rate_changes"
        return "step_doubled" if first == second == third == 2 else ""
    if alike(moves[0], rights[0]):
        rest = [moves[1][key] - rights[1][key] for key in KEYS]
        kept = [factor([a], [moves[0][key]]) for key, a in zip(KEYS, rest, strict=True)]
        parts = {number for number, same in kept if same and number != 0}
        if all(same for _, same in kept) and len(parts) == 1:
            return "momentum_kept"
    return ""


def of_first(move, params, x, d, activation):
    """Return the rule that makes the first step."""
    network = Pass(params, x, activation)
    difference = (network.y - d) / d.size
    right = network.gradient(difference)
    if alike(move, right):
        return ""
    for name, gradients in others(params, x, d, activation).items():
        if any(alike(move, one) for one in gradients):
            return name
    wrong = [key for key in KEYS if not alike_in(move, right, key)]
    most = max(np.abs(move[key]).max() for key in wrong)
    if all(np.allclose(move[key], np.clip(right[key], -most, most), rtol=NEAR) for key in wrong):
        return "gradient_clipped"
    if wrong == ["W1", "W2"]:
        rest = factor([move[key] - right[key] for key in wrong], [params[key] for key in wrong])
        return "weights_decay" if rest[1] else ""
    if activation == "relu" and set(wrong) <= {"W1", "b1"}:
        off = network.gradient(difference, ~(network.u1 > 0))
        rest = factor([move[key] - right[key] for key in wrong], [off[key] for key in wrong])
        return "slope_of_off_neurons" if rest[1] and abs(rest[0] - 1) > NEAR else ""
    return "part_of_the_samples" if skips(move, network, difference) else ""


def others(params, x, d, activation):
    """Return gradients that belong to another loss, other data or another network, by name."""
    network = Pass(params, x, activation)
    y = network.y
    middle, spread = x.mean(axis=0), x.std(axis=0)
    moved = [Pass(params, one, activation) for one in (x - middle, (x - middle) / spread)]
    found = {
        "absolute_differences": [
            network.gradient(np.sign(y - d) / part) for part in (d.size, len(d))
        ],
        "first_column_only": [network.gradient((y - d[:, :1]) / d.size)],
        "output_slope": [
            network.gradient((y - d) / d.size * factor_)
            for factor_ in (y * (1 - y), slope("sigmoid", y), slope("relu", y))
        ],
        "inputs_shifted": [one.gradient((one.y - d) / d.size) for one in moved],
    }
    if activation == "sigmoid":
        tanh = Pass(params, x, "tanh")
        found["tanh_for_sigmoid"] = [tanh.gradient((tanh.y - d) / d.size)]
    return found


def skips(move, network, difference):
    """Tell whether a step is that of some of the samples: the others have no part in it."""
    rows = np.eye(len(difference))[:, :, None] * difference
    parts = np.stack([joined(network.gradient(row)) for row in rows], axis=1)
    shares, *_ = np.linalg.lstsq(parts, joined(move), rcond=None)
    fits = np.abs(parts @ shares - joined(move)).max() <= NEAR * np.abs(joined(move)).max()
    taken = np.abs(shares) > NEAR
    return bool(fits and taken.any() and not taken.all())


class Pass:
    """A forward pass, and its gradients for any difference at the output."""

    def __init__(self, params, x, activation):
        self.params, self.x, self.activation = params, x, activation
        self.u1 = x @ params["W1"] + params["b1"]
        self.z1 = np.tanh(self.u1) if activation == "tanh" else activated(self.u1, activation)
        self.y = self.z1 @ params["W2"] + params["b2"]

    def gradient(self, delta2, slope_=None):
        """Return what comes of a difference at the output, by the derivative or another factor."""
        slope_ = slope(self.activation, self.u1) if slope_ is None else slope_
        delta1 = delta2 @ self.params["W2"].T * slope_
        return {
            "W1": self.x.T @ delta1,
            "b1": delta1.sum(axis=0),
            "W2": self.z1.T @ delta2,
            "b2": delta2.sum(axis=0),
        }


def slope(activation, u):
    """Return the derivative of an activation."""
    if activation == "relu":
        return u > 0
    if activation == "tanh":
        return 1 - np.tanh(u) ** 2
    return activated(u, "sigmoid") * (1 - activated(u, "sigmoid"))


def flat(arrays):
    return [arrays[key] for key in KEYS]


def joined(arrays):
    return np.concatenate([array.ravel() for array in flat(arrays)])


def alike(found, right):
    return factor(flat(found), flat(right)) == (1.0, 1)


def alike_in(found, right, key):
    return factor([found[key]], [right[key]]) == (1.0, 1)
