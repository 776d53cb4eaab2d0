import numpy as np

from grader import assert_at_most, fail, hidden, needs, observation, tensor

ERRORS = 0.07  # of the images held out. Measured: `grader validate ex40 --certificate`
STRAIGHT = 0.5  # of pairs of images; with a few hidden neurons some pairs lie on one side of all
HELD_OUT, FEW, IMAGES = 360, 200, 90
LEAST_ROUNDS = 0.4  # over the data, for each loss: some images may be held back, or a batch dropped
ROOM = 1.05  # for a mean, above the largest of its numbers
LEAST_OF_FIRST = 0.05  # of the loss at the beginning, after one pass over the data
LOG_TEN = np.log(10)
TWICE = np.log(np.e + 9) - 1  # the least loss where softmax is applied twice
LEAST_SEEN = 0.5  # of the images: some may be held back
OTHER_RANGE = 0.01
FEW_EPOCHS, RISES = 4, 0.25  # of the epochs
STILL_FALLING = 0.5  # in the second half of the epochs, as part of the fall in the first
SAME = 1e-4  # of a mean of losses: float32 adds up in any order


def digits(data, rows):
    """Return images as rows from 0 to 1, and their labels."""
    images = data["digits"]["images"][rows].reshape(len(rows), 64).astype(np.float32) / 16
    return images, data["digits"]["labels"][rows].astype(np.int64)


def drawn(rng, data, n):
    """Draw n images and their labels, and a seed."""
    images, labels = digits(data, rng.permutation(len(data["digits"]["labels"]))[:n])
    return tensor(images), tensor(labels), int(rng.integers(2**31))


def images_only(rng, data):
    images, _, seed = drawn(rng, data, IMAGES)
    return images, seed


def report(got, *keys):
    """Refuse what a drive could not have reported."""
    if not isinstance(got, dict) or any(key not in got for key in keys):
        fail("no_report")


def test_model(student, data, rng):
    got = student.run("form", *images_only(rng, data))
    report(got, "kind")
    if got["kind"] == "Module":
        report(got, "output", "shapes", "same_again", "same_alone", "own_parameters")
    if wrong := wrong_form(got):
        fail(wrong.pop("id"), **wrong)


def wrong_form(got):
    """Return the id of the sentence for a model of another form, with what is filled in there."""
    if got["kind"] != "Module":
        return {"id": "not_a_module", "got": str(got["kind"])}
    many, one = got["shapes"]
    flat = ([IMAGES], [1]), ([IMAGES, 1], [1, 1])
    if (many, one) in flat and got["output"].startswith("int"):
        return {"id": "classes_for_logits"}
    k = many[-1] if many else 0
    if k != 10 and (many, one) == ([IMAGES, k], [1, k]):
        return {"id": "other_number_of_outputs", "k": k}
    for n, shape in ((IMAGES, many), (1, one)):
        if shape != [n, 10]:
            return {"id": "wrong_shape", "n": n, "got": str(tuple(shape))}
    if not got["output"].startswith("float"):
        return {"id": "wrong_dtype", "got": got["output"]}
    return next(({"id": sentence} for key, sentence in SAMENESS.items() if not got[key]), None)


SAMENESS = {
    "same_again": "other_outputs_again",
    "same_alone": "other_outputs_alone",
    "own_parameters": "shared_parameters",
}
OUTPUTS = ("outputs_are_probabilities", "output_activated", "outputs_bounded")


@needs("test_model")
def test_logits(student, data, rng):
    got = student.run("outputs", *images_only(rng, data))
    report(got, "sum_to_1", "negative", "beyond_1")
    if wrong := wrong_outputs(got):
        fail(wrong)


def wrong_outputs(got):
    """Return the id of the sentence for outputs that are no logits, else None."""
    wrong = got["sum_to_1"], not got["negative"], not got["beyond_1"]
    return next((name for name, found in zip(OUTPUTS, wrong, strict=True) if found), None)


@needs("test_model")
def test_hidden_layer(student, data, rng):
    got = student.run("straight", *images_only(rng, data))
    report(got, "share")
    assert_at_most(got["share"], STRAIGHT, "no_activation")


@needs("test_model")
def test_learns(student, data, rng):
    got = student.run("movement", *drawn(rng, data, FEW))
    report(got, "motion", "still", "cut_off")
    if standing := standstill(got):
        fail(standing)
    if got["still"]:
        fail("parameters_still", names=names_of(got["still"]))


def names_of(names):
    return ", ".join(map(str, names[:4]))


def standstill(got):
    """Return the id of the sentence for a model that stays what it was, None if it has moved."""
    motion = got["motion"]
    if motion["moved"]:
        return None
    if not motion["called"] or (motion["backward"] and not motion["followed"]):
        return "copy_trained"
    if not motion["reached"]:
        return "loss_cut_off" if motion["backward"] else "backward_missing"
    if motion["foreign"]:
        return "optimiser_elsewhere"
    if motion["empty"]:
        return "cleared_too_early"
    return "step_without_effect" if motion["stepped"] else "step_missing"


NAMED = (
    *("softmax_before_loss", "sigmoid_before_loss", "raw_logits", "probabilities_for_logarithms"),
    *("squared_error", "squared_probabilities", "ten_times_two_classes", "uphill", "other_labels"),
    "labels_smoothed",
)
SAME_SENTENCE = {"squared_probabilities": "squared_error"}


@needs("test_model")
def test_loss(student, data, rng):
    got = student.run("loss_fits", *drawn(rng, data, FEW))
    report(got, "passes", "fits", "motion")
    if wrong := wrong_loss(got):
        fail(wrong)


def wrong_loss(got):
    """Return the id of the sentence for what a training follows in place of the cross-entropy."""
    if not got["passes"]:
        return "model_not_called"
    if "cross_entropy" in got["fits"]:
        return None
    found = next((name for name in NAMED if name in got["fits"]), "another_loss")
    return SAME_SENTENCE.get(found, found)


@needs("test_model")
def test_fresh_gradients(student, data, rng):
    got = student.run("old_gradients", *drawn(rng, data, FEW))
    report(got, "share", "some")
    assert_at_most(got["share"], 0, "gradients_kept")


@needs("test_model")
def test_losses(student, data, rng):
    got = student.run("history", *drawn(rng, data, FEW))
    report(got, "kind", "numbers", "started", "sizes", "rounds", "seen", "motion")
    losses, started = got["numbers"], got["started"]
    if not (isinstance(losses, np.ndarray) and losses.ndim == 1 and losses.size):
        fail("losses_not_a_list", got=str(got["kind"]))
    if not np.isfinite(losses).all():
        fail("diverged", n=int(np.argmin(np.isfinite(losses))) + 1)
    if too_few(got["seen"], FEW):
        fail("few_samples", n=int(got["seen"]), given=FEW)
    if got["rounds"] < LEAST_ROUNDS * losses.size:
        fail("more_losses_than_epochs", n=int(losses.size), rounds=float(round(got["rounds"], 1)))
    if losses.size == 1 and got["rounds"] > 2:
        fail("one_loss", rounds=round(got["rounds"]))
    if isinstance(started, np.ndarray) and started.size:
        check_size(losses, started)


def too_few(seen, given):
    """Tell whether a training that does go by images goes by few of those that there are."""
    return 0 < seen < LEAST_SEEN * given


def check_size(losses, started):
    """A mean lies among its numbers; in the first epoch it is not yet far below the beginning."""
    room = ROOM * max(float(started.max()), LOG_TEN)
    if losses.max() > room:
        fail("losses_too_large", got=rounded(losses.max()), most=rounded(started.max()))
    if losses[0] < LEAST_OF_FIRST * min(started[0], LOG_TEN):
        fail("losses_too_small", got=rounded(losses[0]), first=rounded(started[0]))


def rounded(number):
    return float(f"{float(number):.3g}")


@needs("test_model")
def test_accuracy(student, data, rng):
    check_errors(student, data, rng)


def check_errors(student, data, rng):
    """Hold out images at random: the writers of the last ones are others."""
    order = rng.permutation(len(data["digits"]["labels"]))
    others, expected = digits(data, order[:HELD_OUT])
    own, labels = digits(data, order[HELD_OUT:])
    seed = int(rng.integers(2**31))
    got = student.run("predictions", tensor(own), tensor(labels), tensor(others), seed)
    report(got, "others", "own", "losses", "motion", "seen", "inputs", "summed", "weights_alike")
    wrong = share_wrong(got["others"], expected)
    right = round((1 - wrong) * HELD_OUT)
    told = why(got, labels)
    assert_at_most(wrong, ERRORS, told.pop("id"), right=right, all=HELD_OUT, **told)


def share_wrong(found, expected):
    if not (isinstance(found, np.ndarray) and found.shape == expected.shape):
        fail("no_report")
    return float(np.mean(found != expected))


def why(got, labels):
    """Return the id of the sentence for too few right answers, with what is filled in there."""
    losses = got["losses"] if isinstance(got["losses"], np.ndarray) else np.empty(0)
    if standing := standstill(got):
        return {"id": standing}
    if losses.size and not np.isfinite(losses).all():
        return {"id": "diverged", "n": int(np.argmin(np.isfinite(losses))) + 1}
    return of_what_is_given(got, labels.size) or of_what_comes(
        got, losses, share_wrong(got["own"], labels)
    )


def of_what_is_given(got, given):
    """Return the same for what a training is given, and how it begins; None where that is right."""
    least, largest = got["inputs"]
    if too_few(got["seen"], given):
        return {"id": "few_samples", "n": int(got["seen"]), "given": int(given)}
    if max(abs(least), abs(largest - 1)) > OTHER_RANGE:
        return {"id": "inputs_changed", "least": rounded(least), "largest": rounded(largest)}
    if got["summed"]:
        return {"id": "loss_summed"}
    return {"id": "weights_alike"} if got["weights_alike"] else None


def of_what_comes(got, losses, own_wrong):
    """Return the same for what comes of a training."""
    if own_wrong > ERRORS and falling(losses):
        return {"id": "still_falling", "first": rounded(losses[0]), "last": rounded(losses[-1])}
    if np.unique(got["others"]).size == 1:
        return {"id": "one_class", "digit": int(got["others"][0])}
    if losses.size and TWICE <= losses.min() < min(losses[0], TWICE + 0.3):
        return {"id": "never_below", "least": rounded(losses.min())}
    if own_wrong > ERRORS:
        return {"id": "still_wrong", "own": round(100 * (1 - own_wrong))}
    return {"id": "too_few_right"}


def falling(losses):
    """Tell whether positive losses fall to the end, hardly less in the second half of the epochs.

    So they do where the steps are too short, or too few.
    """
    if losses.size < FEW_EPOCHS or losses.min() <= 0 or (np.diff(losses) >= 0).mean() > RISES:
        return False
    middle = losses[losses.size // 2]
    late, early = middle - losses[-1], losses[0] - middle
    return bool(losses[-1] > 1 and late > STILL_FALLING * early > 0)


@hidden
@needs("test_model")
def test_other_split(student, data, rng):
    check_errors(student, data, rng)


# -- facts about wrong results --------------------------------------------------------------------


def told(run, judge):
    """Return what makes facts: each is that a sentence is what a check has to tell of a run."""

    def of(name):
        @observation
        def found(call, got, right):
            wrong = judge(got, *call.args) if call.name == run and isinstance(got, dict) else None
            wrong = {"id": wrong} if isinstance(wrong, str) else wrong
            if not wrong or wrong.pop("id") != name:
                return False
            return wrong or True

        return found

    return of


of_form = told("form", lambda got, *_: wrong_form(got))
classes_for_logits = of_form("classes_for_logits")
other_number_of_outputs = of_form("other_number_of_outputs")
other_outputs_again = of_form("other_outputs_again")
other_outputs_alone = of_form("other_outputs_alone")
shared_parameters = of_form("shared_parameters")

of_outputs = told("outputs", lambda got, *_: wrong_outputs(got))
outputs_are_probabilities = of_outputs("outputs_are_probabilities")
output_activated = of_outputs("output_activated")
outputs_bounded = of_outputs("outputs_bounded")

of_loss = told("loss_fits", lambda got, *_: wrong_loss(got))
softmax_twice = of_loss("softmax_before_loss")
raw_logits = of_loss("raw_logits")
probabilities_for_logarithms = of_loss("probabilities_for_logarithms")
squared_error = of_loss("squared_error")
uphill = of_loss("uphill")
other_labels = of_loss("other_labels")
labels_smoothed = of_loss("labels_smoothed")


def stands(name):
    """Return the fact that the model stays what it was, in whichever check it shows."""

    @observation
    def found(call, got, right):
        return isinstance(got, dict) and "motion" in got and standstill(got) == name

    return found


backward_missing = stands("backward_missing")
loss_cut_off = stands("loss_cut_off")
optimiser_elsewhere = stands("optimiser_elsewhere")
cleared_too_early = stands("cleared_too_early")
step_missing = stands("step_missing")


@observation
def other_model_trained(call, got, right):
    """Something is trained, and no gradient comes to the model."""
    if not isinstance(got, dict) or "motion" not in got or standstill(got) != "copy_trained":
        return False
    motion = got["motion"]
    return (motion["backward"] or motion["stepped"]) and not motion["reached"]


@observation
def layers_cut_off(call, got, right):
    """No gradient ever reaches what does not move."""
    names = got.get("still") if call.name == "movement" and isinstance(got, dict) else None
    return {"names": names_of(names)} if names and got["cut_off"] == names else False


@observation
def some_gradients_kept(call, got, right):
    """Old gradients stand in some parameters alone."""
    some = got.get("some") if call.name == "old_gradients" and isinstance(got, dict) else None
    return {"names": names_of(some)} if some else False


def kept_of(call, got):
    """Return in which share of the passes all parameters hold old gradients, else None."""
    whole = call.name == "old_gradients" and isinstance(got, dict) and not got.get("some")
    return got.get("share") if whole else None


@observation
def gradients_kept_at_times(call, got, right):
    """Gradients are cleared, but not before each step."""
    share = kept_of(call, got)
    return share is not None and 0 < share < 1


@observation
def gradients_never_cleared(call, got, right):
    """Each gradient is added to all those before it."""
    return kept_of(call, got) == 1


@observation
def nothing_returned(call, got, right):
    """There are no losses."""
    return call.name == "history" and isinstance(got, dict) and got.get("kind") == "NoneType"


def epochs_of(call, got):
    """Return the losses that are returned, and those of the batches by epoch, else None."""
    if call.name != "history" or not isinstance(got, dict):
        return None
    losses, started = got.get("numbers"), got.get("started")
    if not (isinstance(losses, np.ndarray) and isinstance(started, np.ndarray)):
        return None
    if losses.ndim != 1 or not losses.size or not started.size or started.size % losses.size:
        return None
    return losses, started.reshape(losses.size, -1)


@observation
def one_loss_for_each_batch(call, got, right):
    """The losses are those of the batches."""
    epochs = epochs_of(call, got)
    if epochs is None or too_few(got["seen"], FEW):
        return False
    if got["rounds"] >= LEAST_ROUNDS * epochs[0].size:
        return False
    return epochs[1].shape[1] == 1 and np.allclose(epochs[0], epochs[1][:, 0], rtol=SAME)


@observation
def losses_summed(call, got, right):
    """Each loss is a sum: of those of the batches, or of all images."""
    epochs = epochs_of(call, got)
    if epochs is None or epochs[1].shape[1] == 1:
        return False
    losses, started = epochs
    sums = [started.sum(axis=1)]
    if isinstance(got["sizes"], np.ndarray) and got["sizes"].size == started.size:
        sums.append((started * got["sizes"].reshape(started.shape)).sum(axis=1))
    return any(np.allclose(losses, one, rtol=SAME) for one in sums)


@observation
def losses_divided_by_images(call, got, right):
    """Each loss is the sum of means of batches, divided by the number of images."""
    epochs = epochs_of(call, got)
    if epochs is None or epochs[1].shape[1] > FEW / 2:
        return False
    return np.allclose(epochs[0], epochs[1].sum(axis=1) / FEW, rtol=SAME)


@observation
def few_samples(call, got, right):
    """The training looks at few of the images."""
    if call.name not in ("history", "predictions") or not isinstance(got, dict):
        return False
    given = len(call.args[0].array)
    return too_few(got["seen"], given) and {"n": int(got["seen"]), "given": given}


of_accuracy = told("predictions", lambda got, _own, labels, *_: why(got, labels.array))
inputs_changed = of_accuracy("inputs_changed")
loss_summed = of_accuracy("loss_summed")
weights_alike = of_accuracy("weights_alike")
still_falling = of_accuracy("still_falling")
