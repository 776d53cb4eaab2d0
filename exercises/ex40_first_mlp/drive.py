"""Build the model of a submission, train it, and report what holds however it is built and trained.

Models, rates and batches are the submission's own. So hardly any number of a training is reported,
but how the outputs, the gradients at them and the steps behave; the checks judge that.
"""

import contextlib

import numpy as np
import torch
from torch.nn import functional
from torch.optim.optimizer import register_optimizer_step_pre_hook

NOISE = 0.3  # added to parameters: no start is then special, not even one at 0
NEAR = 1e-3  # of the largest entry: what float32 loses, and far less than another loss changes
FIRST = 3  # backward passes whose gradient at the logits is looked at
EARLY = 20  # backward passes before which .grad is looked at
ROUNDS = 5  # passes over the data whose inputs are kept
CLASSES = 10


def built(submission, images, seed):
    torch.manual_seed(seed)
    return submission.build_model().to(images.device)


def evaluated(model, images):
    """Return what a model gives at prediction time."""
    model.eval()
    with torch.no_grad():
        return model(images)


def form(submission, images, seed):
    """Return what `build_model` makes, and the form of what that makes of images."""
    images = images.float()
    torch.manual_seed(seed)
    model, other = submission.build_model(), submission.build_model()
    if not isinstance(model, torch.nn.Module):
        return {"kind": type(model).__name__}
    many, again, one = [evaluated(model.to(images.device), x) for x in (images, images, images[:1])]
    if not isinstance(many, torch.Tensor):
        return {"kind": "Module", "output": type(many).__name__}
    same = many.shape == again.shape and torch.equal(many, again)
    alone = one.shape == many[:1].shape and torch.allclose(one, many[:1], rtol=NEAR, atol=NEAR)
    places = [{p.data_ptr() for p in each.parameters()} for each in (model, other)]
    return {
        "kind": "Module",
        "output": str(many.dtype).removeprefix("torch."),
        "shapes": [list(many.shape), list(one.shape)],
        "same_again": same,
        "same_alone": alone,
        "own_parameters": places[0].isdisjoint(places[1]),
    }


def stirred(submission, images, seed):
    """Return a model whose parameters are all moved by chance."""
    model = built(submission, images, seed)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(NOISE * torch.randn_like(parameter))
    return model


def outputs(submission, images, seed):
    """Return what holds of the outputs for all images."""
    images = images.float()
    found = evaluated(stirred(submission, images, seed), images)
    return {
        "sum_to_1": are_probabilities(found),
        "negative": bool((found < 0).any()),
        "beyond_1": bool((found.abs() > 1 + NEAR).any()),
    }


def are_probabilities(found):
    sums = found.sum(dim=1)
    return bool((found >= 0).all() and torch.allclose(sums, torch.ones_like(sums), atol=NEAR))


def straight(submission, images, seed):
    """Return the share of pairs of images whose middle gives the middle of their outputs.

    Softmax and its logarithm bend nothing here: each row is taken as logits, less their mean.
    """
    images = images.float()
    model = stirred(submission, images, seed)
    half = len(images) // 2
    x, other = images[:half], images[half : 2 * half]
    start, end, middle = [centred(evaluated(model, at)) for at in (x, other, (x + other) / 2)]
    bent = (middle - (start + end) / 2).abs().amax(dim=1)
    apart = (start - end).abs().amax(dim=1)
    return {"share": float((bent <= NEAR * apart).double().mean())}


def centred(found):
    logits = found.log() if are_probabilities(found) else found
    return logits - logits.mean(dim=1, keepdim=True)


# -- a training, watched --------------------------------------------------------------------------


class Watch:
    """What a training does with a model: calls, backward passes, gradients, steps."""

    def __init__(self, model, samples):
        self.model = model
        self.samples = samples
        self.calls = self.followed = 0  # those whose output knows how it was computed
        self.rows = 0  # of all batches with a backward pass
        self.sizes = []
        self.inputs = []
        self.at_logits = []  # input, output, gradient there
        self.losses = []  # what backward() started from
        self.reached = set()  # parameters that a gradient reached
        self.pulled = set()  # those of them at which one was not 0
        self.kept = set()  # those whose gradient was added to one from before the last step
        self.passes = self.old = 0
        self.steps = self.empty_steps = self.foreign_steps = 0
        self.last = {}  # parameters when a gradient was last added to theirs
        self.before = {}  # what a gradient is added to

    @property
    def seen(self):
        """How many different images there are among the inputs."""
        rows = [x.reshape(len(x), -1) for x in self.inputs]
        return len(torch.unique(torch.cat(rows), dim=0)) if rows else 0

    def called(self, x, output):
        """Note a call of the model, and the gradient that comes back to its output."""
        self.calls += 1
        if not (isinstance(output, torch.Tensor) and output.requires_grad):
            return
        self.followed += 1
        logits = output.detach().clone() if len(self.at_logits) < FIRST else None

        def arrived(gradient):
            if self.rows < ROUNDS * self.samples:
                self.inputs.append(x.detach())
            self.rows += len(x)
            self.sizes.append(len(x))
            if logits is not None and len(self.at_logits) < FIRST:
                self.at_logits.append((x.detach(), logits, gradient.detach().clone()))

        output.register_hook(arrived)

    def arrives(self, parameter, gradient):
        """Note what stands in `.grad` before a gradient is added to it."""
        self.reached.add(parameter)
        if parameter not in self.pulled and bool(gradient.any()):
            self.pulled.add(parameter)
        if self.passes < EARLY:
            old = parameter.grad
            self.before[parameter] = old is not None and bool(old.any())

    def added(self, parameter):
        """Note whether what it was added to is older than the last step."""
        if self.passes < EARLY:
            last = self.last.get(parameter)
            moved = last is not None and not torch.equal(last, parameter.detach())
            if moved and self.before.get(parameter):
                self.fresh = False
                self.kept.add(parameter)
            self.last[parameter] = parameter.detach().clone()

    def backward(self, original, tensors, *args, **kwargs):
        """Run a backward pass; note where it began, and whether it added to old gradients."""
        loss = tensors if isinstance(tensors, torch.Tensor) else next(iter(tensors), None)
        if isinstance(loss, torch.Tensor) and loss.numel() == 1:
            self.losses.append(loss.detach().clone())
        self.fresh = True
        result = original(tensors, *args, **kwargs)
        self.old += not self.fresh  # of the early ones alone
        self.passes += 1
        return result

    def step(self, optimizer, _args, _kwargs):
        """Note whether an optimiser of the model's parameters has any gradient to go by."""
        own = {id(p) for p in self.model.parameters()}
        groups = optimizer.param_groups
        gradients = [p.grad for group in groups for p in group["params"] if id(p) in own]
        self.steps += 1
        self.foreign_steps += not gradients
        self.empty_steps += bool(gradients) and not any(
            gradient is not None and bool(gradient.any()) for gradient in gradients
        )


@contextlib.contextmanager
def watching(model, samples):
    """Watch what happens to a model: it may be called, trained and stepped in any way."""
    watch = Watch(model, samples)
    forward, backward = type(model).forward, torch.autograd.backward

    def watched(self, *args, **kwargs):
        output = forward(self, *args, **kwargs)
        if self is model:
            watch.called(next(iter((*args, *kwargs.values()))), output)
        return output

    with contextlib.ExitStack() as stack:
        handles = [register_optimizer_step_pre_hook(watch.step)]
        for p in filter(lambda p: p.requires_grad, model.parameters()):
            handles.append(p.register_hook(lambda gradient, p=p: watch.arrives(p, gradient)))
            handles.append(p.register_post_accumulate_grad_hook(watch.added))
        for handle in handles:
            stack.callback(handle.remove)
        stack.enter_context(replaced(type(model), "forward", watched))
        stack.enter_context(
            replaced(torch.autograd, "backward", lambda *a, **k: watch.backward(backward, *a, **k))
        )
        yield watch


@contextlib.contextmanager
def replaced(owner, name, value):
    own = name in vars(owner)
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if own:
            setattr(owner, name, before)
        else:
            delattr(owner, name)


class Training:
    """A training of a new model, watched: the model, its first parameters, what it returned."""

    def __init__(self, submission, images, labels, seed):
        self.images = images.float()
        self.model = built(submission, self.images, seed)
        self.model.train()
        parameters = self.model.named_parameters()
        self.start = {name: p.detach().clone() for name, p in parameters if p.requires_grad}
        with watching(self.model, len(images)) as self.watch:
            self.losses = submission.train(self.model, self.images.clone(), labels.clone())
        self.now = dict(self.model.named_parameters())

    def moved(self):
        """Return the names of the parameters that are no longer what they were."""
        start, now = self.start, self.now
        return [n for n in start if n in now and not torch.equal(start[n], now[n])]

    def motion(self):
        """Return whether the model is called, gradients come back, steps have some, it moves."""
        watch = self.watch
        return {
            "called": watch.calls > 0,
            "followed": watch.followed > 0,
            "backward": watch.passes > 0,
            "reached": bool(watch.reached),
            "stepped": watch.steps > 0,
            "empty": 0 < watch.steps == watch.empty_steps,
            "foreign": 0 < watch.steps == watch.foreign_steps,
            "moved": bool(self.moved()),
        }


def movement(submission, images, labels, seed):
    """Return how the model moves, and which parameters do not.

    `still` are those although others do and the outputs depend on them; no gradient ever reaches
    those of them that are `cut_off`.
    """
    training = Training(submission, images, labels, seed)
    model, now, watch = training.model, training.now, training.watch
    moved = training.moved()
    still = [n for n in training.start if n in now and n not in moved] if moved else []
    still = [name for name in still if matters(model, now[name], training.images)]
    return {
        "motion": training.motion(),
        "still": still,
        "cut_off": [name for name in still if now[name] not in watch.reached],
    }


def matters(model, parameter, images):
    before = evaluated(model, images)
    kept = parameter.detach().clone()
    with torch.no_grad():
        parameter.add_(torch.randn_like(parameter))
        after = evaluated(model, images)
        parameter.copy_(kept)
    return not torch.allclose(before, after)


def old_gradients(submission, images, labels, seed):
    """Return the share of backward passes that add to gradients from before the last step.

    Where that happens to some of the parameters alone, `some` names them.
    """
    training = Training(submission, images, labels, seed)
    watch = training.watch
    names = [name for name, p in training.now.items() if p in watch.kept]
    return {
        "share": watch.old / max(1, min(watch.passes, EARLY) - 1),
        "some": names if len(names) < len(watch.pulled) else [],
    }


def one_hot(labels):
    return functional.one_hot(labels, CLASSES).float()


LOSSES = {
    "cross_entropy": functional.cross_entropy,
    "softmax_before_loss": lambda z, d: functional.cross_entropy(z.softmax(dim=1), d),
    "sigmoid_before_loss": lambda z, d: functional.cross_entropy(z.sigmoid(), d),
    "raw_logits": functional.nll_loss,
    "probabilities_for_logarithms": lambda z, d: functional.nll_loss(z.softmax(dim=1), d),
    "squared_error": lambda z, d: functional.mse_loss(z, one_hot(d)),
    "squared_probabilities": lambda z, d: functional.mse_loss(z.softmax(dim=1), one_hot(d)),
    "ten_times_two_classes": lambda z, d: functional.binary_cross_entropy_with_logits(
        z, one_hot(d)
    ),
}


def loss_fits(submission, images, labels, seed):
    """Return the losses whose gradient comes back to the logits, but for a positive factor.

    A model may give probabilities or their logarithms: both are taken back to logits.
    """
    training = Training(submission, images, labels, seed)
    passes = training.watch.at_logits
    if passes and all(len(x) == 1 for x, *_ in passes):
        passes = [tuple(map(torch.cat, zip(*passes, strict=True)))]  # one row has any factor
    known = [
        set(fitting(labels_of(x, images.float(), labels), *at_logits(output, gradient)))
        for x, output, gradient in passes
    ]
    fits = sorted(set.intersection(*known)) if known else []
    return {"passes": len(known), "fits": fits, "motion": training.motion()}


def at_logits(output, gradient):
    """Return logits and the gradient at them, from an output and the gradient there."""
    if are_probabilities(output):
        logits, onwards = output.log(), functional.softmax
    elif torch.allclose(output.logsumexp(dim=1), output.new_zeros(()), atol=NEAR):
        logits, onwards = output, functional.log_softmax
    else:
        return output, gradient
    logits = logits.clone().requires_grad_()
    return logits.detach(), torch.autograd.grad(onwards(logits, dim=1), logits, gradient)[0]


def labels_of(x, images, labels):
    """Return the labels of a batch, or None where it holds other than the given images."""
    known = {row.tobytes(): int(d) for row, d in zip(images.cpu().numpy(), labels, strict=True)}
    found = [known.get(row.tobytes()) for row in x.cpu().numpy()]
    return None if None in found else torch.tensor(found, device=x.device)


def fitting(labels, logits, gradient):
    """Yield the names of the losses that have this gradient."""
    pulled = gradient.argmin(dim=1)  # the class that a step makes more probable
    given = pulled if labels is None else labels
    for name, loss in LOSSES.items():
        times = factor(gradient, slope(loss, logits, given))
        if times > 0:
            yield name
        elif times < 0 and name == "cross_entropy":
            yield "uphill"
    if smoothed(gradient, logits, given):
        yield "labels_smoothed"
    shifted = labels is not None and not torch.equal(labels, pulled)
    if shifted and factor(gradient, slope(LOSSES["cross_entropy"], logits, pulled)) > 0:
        yield "other_labels"


def smoothed(gradient, logits, labels):
    """Tell whether a gradient is that of labels that leave a part to all classes alike."""
    even = torch.full_like(logits, 1 / CLASSES)
    targets = one_hot(labels).to(logits), even
    parts = [slope(LOSSES["cross_entropy"], logits, target).ravel() for target in targets]
    both = torch.stack(parts, dim=1)
    shares = torch.linalg.lstsq(both, gradient.reshape(-1, 1)).solution
    off = (both @ shares - gradient.reshape(-1, 1)).abs().max()
    least = NEAR * shares.abs().max()
    return bool(off <= NEAR * gradient.abs().max() and shares.min() > least)


def slope(loss, logits, labels):
    logits = logits.clone().requires_grad_()
    return torch.autograd.grad(loss(logits, labels), logits)[0]


def factor(found, right):
    """Return the number that makes an array of another; 0 where there is none."""
    number = float((found * right).sum() / (right * right).sum())
    near = (found - number * right).abs().max() <= NEAR * found.abs().max()
    return number if near and np.isfinite(number) else 0.0


def history(submission, images, labels, seed):
    """Return the losses as they are returned, beside those from which backward passes started.

    `rounds` is how often the training went over the data, `seen` how many images there are in it;
    `sizes` are the rows of each batch.
    """
    training = Training(submission, images, labels, seed)
    watch, losses = training.watch, training.losses
    return {
        "kind": type(losses).__name__,
        "numbers": numbers(losses),
        "started": numbers(watch.losses),
        "sizes": np.array(watch.sizes, dtype=int),
        "rounds": watch.rows / len(images),
        "seen": watch.seen,
        "motion": training.motion(),
    }


def numbers(values):
    """Return what is a row of numbers as an array, else None."""
    try:
        return np.array([float(value) for value in values])
    except (TypeError, ValueError, RuntimeError):
        return None


def predictions(submission, images, labels, others, seed):
    """Return the class that a trained model gives the most to: of other images, and of its own.

    With it comes how it was trained: how many images are learnt from, between which numbers the
    inputs lie, how the loss adds up, and whether each weight matrix began as one number.
    """
    training = Training(submission, images, labels, seed)
    watch, own = training.watch, training.images
    classes = [
        evaluated(training.model, x).argmax(dim=1).cpu().numpy() for x in (others.float(), own)
    ]
    inputs = watch.inputs or [own]
    return {
        "others": classes[0],
        "own": classes[1],
        "losses": numbers(training.losses),
        "motion": training.motion(),
        "seen": watch.seen,
        "inputs": [min(float(x.min()) for x in inputs), max(float(x.max()) for x in inputs)],
        "summed": summed(watch),
        "weights_alike": alike(training.start),
    }


def summed(watch):
    """Tell whether the gradient at the logits is that of the sum over a batch, not of its mean."""
    sizes = []
    for x, *rest in watch.at_logits:
        z, gradient = at_logits(*rest)
        right = slope(LOSSES["cross_entropy"], z, gradient.argmin(dim=1))
        sizes.append((len(x), factor(gradient, right)))
    return bool(sizes) and all(n > 1 and abs(k - n) <= NEAR * n for n, k in sizes)


def alike(start):
    """Tell whether in each matrix of weights one number stands everywhere."""
    matrices = [p for p in start.values() if p.ndim > 1]
    return bool(matrices) and all(bool((p == p.ravel()[0]).all()) for p in matrices)
