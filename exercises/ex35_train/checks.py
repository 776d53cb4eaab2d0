import numpy as np

from grader import (
    assert_at_most,
    assert_close,
    assert_computed,
    assert_unmodified,
    fail,
    hidden,
    needs,
    observation,
    seeded,
)

ACTIVATIONS = ("relu", "sigmoid")
PARAMETERS = ("W1", "b1", "W2", "b2")
# Measured with the reference under 50 seeds: `grader validate ex35 --certificate`.
STEP_OFF = 1e-4  # a step, beside the learning rate times the slope
FALLEN = 0.05  # last loss of the history, as part of the first
TIMES_THE_REFERENCE = 12  # mean loss on fresh data, beside that of the reference
ROUNDED = 1e-5  # what the drive reports is rounded
RATE, EPOCHS = 0.3, 300


def eighths(rng, shape):
    """Draw multiples of 1/8 without 0: float32 holds them exactly."""
    return rng.choice([-1, 1], size=shape) * rng.integers(2, 17, size=shape) / 8


def task(rng, activation, *, n=7, inputs=2, hidden=5, out=3, rate=0.5):
    """Draw data for a network, and how it is to be trained."""
    return eighths(rng, (n, inputs)), eighths(rng, (n, out)), hidden, activation, rate


def seeds(rng, n=2):
    return [int(number) for number in rng.choice(2**31, n, replace=False)]


def plane(rng, n):
    """Draw samples of two outputs that depend on two inputs linearly."""
    x = np.round(64 * rng.uniform(-1, 1, (n, 2))) / 64
    return x, np.stack([3 * x[:, 0] + 2 * x[:, 1], x[:, 0] - x[:, 1]], axis=1)


def report(got, *keys):
    """Refuse what a drive could not have reported."""
    if not isinstance(got, dict) or any(key not in got for key in keys):
        fail("no_report")


def test_params(student, reference, rng):
    shapes = [{"n": 6}, {"n": 5, "inputs": 4, "hidden": 3, "out": 2}, {"inputs": 1, "out": 1}]
    tasks = [task(rng, ACTIVATIONS[i % 2], **shape) for i, shape in enumerate(shapes)]
    calls = [(one, epochs, *seeds(rng, 1)) for one in tasks for epochs in (0, 2)]
    results = [student.run("kinds", *call) for call in calls]
    for got, call in zip(results, calls, strict=True):
        right = reference.run("kinds", *call)["params"]
        check_pair(got)
        for key, shape in right.items():
            if key not in got["params"]:
                fail("key_missing", key=key)
            if got["params"][key] != shape:
                fail("wrong_shape", key=key, got=words(got["params"][key]), expected=words(shape))
        if len(got["params"]) > len(right):
            fail("key_too_many", n=len(got["params"]))


def check_pair(got):
    if isinstance(got, dict) and "instead" in got:
        fail("not_a_pair", got=str(got["instead"]))
    report(got, "params")
    if not isinstance(got["params"], dict):
        fail("params_not_a_dict", got=str(got["params"]))


def words(shape):
    return str(tuple(shape)) if isinstance(shape, list) else str(shape)


@needs("test_params")
def test_start(student, rng):
    results = [student.run("starts", task(rng, name), *seeds(rng)) for name in ACTIVATIONS]
    for got in results:
        report(got, "all", "different", "same_seed", "other_seed", "biases")
        if got["different"] < got["all"]:
            fail("weights_repeated", n=got["different"], all=got["all"])
        if got["biases"]:
            fail("bias_not_zero", key=str(got["biases"][0]))
        if got["same_seed"] < got["all"]:
            fail("same_seed_differs")
        if got["other_seed"]:
            fail("other_seed_same")


def features(student, rng, name):
    """Run what tells mistakes apart: a history, one step with a single sample, the derivative."""
    history = student.run("losses", task(rng, name, rate=0.125), 4, seeds(rng))
    student.run("factors", task(rng, name, n=1, rate=0.25), 1, seeds(rng))
    student.run("derivative", name, *seeds(rng, 1))
    return history


@needs("test_params")
def test_history(student, rng):
    results = [features(student, rng, name) for name in ACTIVATIONS]
    for got in results:
        report(got, "count", "factors")
        if got["count"] != 4:
            fail("history_length", n=got["count"], epochs=4)
        before, after, *_ = array_of(got["factors"], (6, 2))
        if before[0] == 1:
            continue
        if after[0] == 1:
            fail("loss_of_next")
        if not before[1]:
            fail("loss_differs")
        fail("loss_factor", factor=float(before[0]))


def array_of(got, shape):
    """Refuse what is no array of this shape."""
    if not (isinstance(got, np.ndarray) and got.shape == shape):
        fail("no_report")
    return got


def check_factors(results, keys):
    """Each step is the learning rate times the slope, in every entry."""
    for got in results:
        report(got, "factors")
        rows = dict(zip(PARAMETERS, array_of(got["factors"], (4, 2)), strict=True))
        for key in keys:
            number, same = rows[key]
            if not same:
                fail("step_differs", key=key)
            if number == 0:
                fail("step_missing", key=key)
            if not abs(number - 1) <= ROUNDED:
                fail("step_factor", key=key, factor=float(number))


@needs("test_params")
def test_output_step(student, rng):
    calls = [(task(rng, name, rate=rate), 1) for name in ACTIVATIONS for rate in (0.5, 0.125)]
    results = [student.run("factors", *call, seeds(rng)) for call in calls]
    for name in ACTIVATIONS:
        features(student, rng, name)
    check_factors(results, ["b2", "W2"])


def check_hidden_step(student, rng, name):
    calls = [task(rng, name, rate=rate) for rate in (0.5, 0.125)]
    results = [student.run("factors", call, 1, seeds(rng)) for call in calls]
    features(student, rng, name)
    check_factors(results, ["b1", "W1"])


@needs("test_params")
def test_relu_step(student, rng):
    check_hidden_step(student, rng, "relu")


@needs("test_params")
def test_sigmoid_step(student, rng):
    check_hidden_step(student, rng, "sigmoid")


@needs("test_params")
def test_later_steps(student, rng):
    calls = [(task(rng, name, rate=0.125), k) for name in ACTIVATIONS for k in (2, 4)]
    results = [student.run("factors", *call, seeds(rng)) for call in calls]
    for name in ACTIVATIONS:
        features(student, rng, name)
    check_factors(results, ["b1", "W1", "b2", "W2"])


@needs("test_params")
def test_falls(student, rng):
    data = plane(rng, 60)
    results = [
        student.run("run", (*data, 10, name, RATE), EPOCHS, *seeds(rng, 1)) for name in ACTIVATIONS
    ]
    for got, name in zip(results, ACTIVATIONS, strict=True):
        report(got, "params", "history")
        numbers = finite(got["history"])
        rises = int((np.diff(numbers) > 0).sum())
        part = float(numbers[-1] / numbers[0])
        assert_at_most(part, FALLEN, "loss_stays", of=name, activation=name, rises=rises)


def finite(history):
    """Return a history as numbers."""
    numbers = np.asarray(history, dtype=np.float64).ravel()
    if numbers.size < 2:
        fail("history_length", n=int(numbers.size), epochs=EPOCHS)
    if not np.isfinite(numbers).all():
        fail("diverged", n=int(np.argmin(np.isfinite(numbers))))
    return numbers


@needs("test_params")
def test_unmodified(student, rng):
    calls = [task(rng, name) for name in ACTIVATIONS]
    outcomes = [student.train.outcome(*call, 3, seeded(*seeds(rng, 1))) for call in calls]
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


@hidden
@needs("test_params")
def test_exact_step(student, reference, rng):
    """Compare arrays themselves: a drive could be made to report another step."""
    for name in ACTIVATIONS:
        x, d, hidden_neurons, _, rate = task(rng, name, n=6, inputs=3, hidden=4, rate=0.375)
        (seed,) = seeds(rng, 1)
        before, after = [
            student.train(x, d, hidden_neurons, name, rate, epochs, seeded(seed))
            for epochs in (0, 1)
        ]
        start = {key: np.asarray(before[0][key], np.float64) for key in PARAMETERS}
        right = reference.run("slopes", start, x, d, name)
        moved = {key: (start[key] - np.asarray(after[0][key], np.float64)) / rate for key in start}
        assert_at_most(deviation(moved, right), STEP_OFF, "exact_step", of=name, activation=name)
        assert_close(after[1][0], reference.run("loss_of", start, x, d, name), rtol=1e-5)


def deviation(moved, right):
    """Return how far a step is off, in parts of the steepest slope of its parameter."""
    if any(moved[key].shape != right[key].shape for key in right):
        return np.inf
    return max(
        float(np.abs(moved[key] - right[key]).max() / np.abs(right[key]).max()) for key in right
    )


@hidden
@needs("test_params")
def test_fresh_data(student, reference, rng):
    x, d = plane(rng, 60)
    fresh = plane(rng, 200)
    for name in ACTIVATIONS:
        mine, others = [
            np.mean(
                [loss_on(program_, x, d, fresh, name, reference, seed) for seed in seeds(rng, 3)]
            )
            for program_ in (student, reference)
        ]
        times = float(mine / others)
        assert_at_most(times, TIMES_THE_REFERENCE, "fresh_loss", of=name, activation=name)


def loss_on(program_, x, d, fresh, name, reference, seed):
    got = program_.run("run", (x, d, 10, name, RATE), EPOCHS, seed)
    report(got, "params")
    return float(reference.run("loss_of", got["params"], *fresh, name))


# -- facts about wrong results --------------------------------------------------------------------


def shapes(call, got, right):
    """Return the pairs of what parameters are and what is right, where these differ."""
    if call.name != "kinds" or not (isinstance(got, dict) and isinstance(right, dict)):
        return {}
    mine, others = got.get("params"), right.get("params")
    if not (isinstance(mine, dict) and isinstance(others, dict) and mine.keys() == others.keys()):
        return {}
    return {key: (mine[key], others[key]) for key in others if mine[key] != others[key]}


@observation
def history_missing(call, got, right):
    """The parameters are returned alone."""
    return call.name == "kinds" and isinstance(got, dict) and got.get("instead") == "dict"


@observation(first=True)
def keys_in_other_case(call, got, right):
    """The keys are right but for capital letters."""
    mine = got.get("params") if isinstance(got, dict) and call.name == "kinds" else None
    if not isinstance(mine, dict) or len(mine) != len(PARAMETERS):
        return False
    wrong = [key for key in mine if key not in PARAMETERS]
    fitting = {str(key).lower() for key in mine} == {key.lower() for key in PARAMETERS}
    return {"key": str(wrong[0])} if wrong and fitting else False


@observation
def lists_for_arrays(call, got, right):
    """Parameters are lists."""
    differing = shapes(call, got, right).values()
    return bool(differing) and all(mine == "list" for mine, _ in differing)


@observation
def bias_is_a_number(call, got, right):
    """The biases are single numbers."""
    differing = shapes(call, got, right)
    numbers = all(mine in ("float", "int", "float64", []) for mine, _ in differing.values())
    return bool(differing) and differing.keys() <= {"b1", "b2"} and numbers


@observation
def bias_is_a_row(call, got, right):
    """The biases are matrices of one row or one column."""
    differing = shapes(call, got, right)
    rows = all(mine in ([1, *shape], [*shape, 1]) for mine, shape in differing.values())
    return bool(differing) and differing.keys() <= {"b1", "b2"} and rows


@observation
def weights_transposed(call, got, right):
    """The weights have their axes the other way round."""
    differing = shapes(call, got, right)
    turned = all(mine == shape[::-1] for mine, shape in differing.values())
    return bool(differing) and differing.keys() <= {"W1", "W2"} and turned


def start_of(call, got):
    """Return what was found out about the start of a training, else None."""
    return got if call.name == "starts" and isinstance(got, dict) else None


@observation
def weights_all_equal(call, got, right):
    """One number stands in every weight."""
    start = start_of(call, got)
    return start is not None and start.get("different") == 1 and not start.get("biases")


@observation
def biases_drawn(call, got, right):
    """The biases are drawn like the weights."""
    start = start_of(call, got)
    return start is not None and {**start, "biases": []} == right and start["biases"] != []


@observation
def own_seed(call, got, right):
    """The start is the same whatever the generator."""
    start = start_of(call, got)
    same = {"same_seed", "other_seed"}
    return (
        start is not None
        and all(start.get(key) == right["all"] for key in same)
        and start.get("different") == right["all"]
    )


@observation
def not_from_rng(call, got, right):
    """A generator with the same seed leads to another start."""
    start = start_of(call, got)
    if start is not None:
        return isinstance(start.get("same_seed"), int) and start["same_seed"] < right["all"]
    return rule_of(got) == "not_from_rng"


def rule_of(got):
    """Return the rule that the drive has found in the steps."""
    return got.get("rule") if isinstance(got, dict) else None


def of_rule(name):
    """Return the fact that the steps follow a rule of the drive."""

    @observation
    def follows(call, got, right):
        return rule_of(got) == name

    return follows


once_only = of_rule("once_only")
one_step_behind = of_rule("one_step_behind")
rate_changes = of_rule("rate_changes")
step_doubled = of_rule("step_doubled")
momentum_kept = of_rule("momentum_kept")
absolute_differences = of_rule("absolute_differences")
first_column_only = of_rule("first_column_only")
output_slope = of_rule("output_slope")
inputs_shifted = of_rule("inputs_shifted")
tanh_for_sigmoid = of_rule("tanh_for_sigmoid")
gradient_clipped = of_rule("gradient_clipped")
weights_decay = of_rule("weights_decay")
slope_of_off_neurons = of_rule("slope_of_off_neurons")
part_of_the_samples = of_rule("part_of_the_samples")


def factor_of(call, got, row):
    """Return what the history is of one of the losses of the drive; None where it is no part."""
    losses = got.get("factors") if isinstance(got, dict) and call.name == "losses" else None
    if not (isinstance(losses, np.ndarray) and losses.shape == (6, 2)):
        return None
    number, same = losses[row]
    return float(number) if same else None


@observation
def loss_at_the_end_too(call, got, right):
    """The loss after the last step is in the history as well."""
    return factor_of(call, got, 0) == 1 and got.get("count") == right["count"] + 1


@observation
def last_loss_only(call, got, right):
    """The history is one number, however many epochs."""
    if call.name == "run" and isinstance(got, dict):
        return isinstance(got.get("history"), np.ndarray) and got["history"].size == 1
    return call.name == "losses" and isinstance(got, dict) and got.get("count") == 1


@observation
def loss_by_sample(call, got, right):
    """The squares are summed over the outputs, and their mean is that of the samples."""
    number = factor_of(call, got, 0)
    return number is not None and abs(number - call.args[0][1].shape[1]) < ROUNDED


@observation
def loss_root(call, got, right):
    """The history is the root of the mean square."""
    return factor_of(call, got, 4) is not None


@observation
def loss_rounded(call, got, right):
    """The history is rounded."""
    if call.name != "losses" or not isinstance(got, dict):
        return False
    digits = got.get("digits")
    return {"digits": digits} if isinstance(digits, int) and digits >= 0 else False
