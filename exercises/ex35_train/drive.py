"""Train networks beside the submission and report what holds wherever training starts.

Each submission draws its own weights, so what is reported are no parameters, but how a step or a
loss stands to the slope or to the loss at the parameters where that very submission was.
"""

import numpy as np

STEP = 1e-30  # imaginary: no digits are lost, and a kink of relu is never crossed
NEAR = 1e-6
ONE_NUMBER = 6  # digits of a factor


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
    """
    x, d, _, activation, rate = task
    moves, rights = [], []
    for seed in seeds:
        before, _ = trained(submission, task, epochs - 1, seed)
        after, _ = trained(submission, task, epochs, seed)
        moves.append({key: (before[key] - after[key]) / rate for key in before})
        rights.append(slopes(submission, before, x, d, activation))
    return np.array(
        [
            factor([move[key] for move in moves], [right[key] for right in rights])
            for key in ("W1", "b1", "W2", "b2")
        ]
    )


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
    the weights. NaN where it cannot be told.
    """
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
    """Return the length of the history, and (4, 2) what it is of four losses, as `factors` does.

    They are the loss before each step; the one after it; and those before it if the activation was
    that of the output as well, or the other one.
    """
    x, d, _, activation, _ = task
    other = {"relu": "sigmoid", "sigmoid": "relu"}[activation]
    found, candidates = [], [[] for _ in range(4)]
    for seed in seeds:
        _, history = trained(submission, task, epochs, seed)
        count = len(history)
        found.append(np.array(history[:epochs], dtype=float))
        steps = [trained(submission, task, k, seed)[0] for k in range(len(found[-1]) + 1)]
        all_losses = [loss(params, x, d, activation) for params in steps]
        candidates[0].append(all_losses[:-1])
        candidates[1].append(all_losses[1:])
        candidates[2].append([loss(params, x, d, activation, activation) for params in steps[:-1]])
        candidates[3].append([loss(params, x, d, other) for params in steps[:-1]])
    return {"count": count, "factors": np.array([factor(found, one) for one in candidates])}


def loss_of(_submission, params, x, d, activation):
    """Return the loss of given parameters."""
    return float(loss(params, x, d, activation))
