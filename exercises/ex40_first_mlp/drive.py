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
        self.calls = 0
        self.rows = 0  # of all batches with a backward pass
        self.inputs = []
        self.at_logits = []  # input, output, gradient there
        self.losses = []  # what backward() started from
        self.reached = False  # a gradient reached a parameter
        self.passes = self.old = 0
        self.steps = self.empty_steps = 0
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
        logits = output.detach().clone() if len(self.at_logits) < FIRST else None

        def arrived(gradient):
            if self.rows < ROUNDS * self.samples:
                self.inputs.append(x.detach())
            self.rows += len(x)
            if logits is not None and len(self.at_logits) < FIRST:
                self.at_logits.append((x.detach(), logits, gradient.detach().clone()))

        output.register_hook(arrived)

    def arrives(self, parameter):
        """Note what stands in `.grad` before a gradient is added to it."""
        self.reached = True
        old = parameter.grad
        self.before[parameter] = old is not None and bool(old.any())

    def added(self, parameter):
        """Note whether what it was added to is older than the last step."""
        if self.passes < EARLY:
            last = self.last.get(parameter)
            moved = last is not None and not torch.equal(last, parameter.detach())
            self.fresh = self.fresh and not (moved and self.before.get(parameter))
            self.last[parameter] = parameter.detach().clone()

    def backward(self, original, tensors, *args, **kwargs):
        """Run a backward pass; note where it began, and whether it added to old gradients."""
        loss = tensors if isinstance(tensors, torch.Tensor) else next(iter(tensors), None)
        if isinstance(loss, torch.Tensor) and loss.numel() == 1:
            self.losses.append(loss.detach().clone())
        self.fresh = True
        result = original(tensors, *args, **kwargs)
        if self.passes < EARLY:
            self.passes += 1
            self.old += not self.fresh
        return result

    def step(self, optimizer, _args, _kwargs):
        """Note whether an optimiser of the model's parameters has any gradient to go by."""
        own = {id(p) for p in self.model.parameters()}
        groups = optimizer.param_groups
        gradients = [p.grad for group in groups for p in group["params"] if id(p) in own]
        self.steps += 1
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
            handles.append(p.register_hook(lambda _gradient, p=p: watch.arrives(p)))
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


def trained(submission, images, labels, seed):
    """Train a new model; return it, its first parameters by name, what was seen, the losses."""
    images = images.float()
    model = built(submission, images, seed)
    model.train()
    start = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}
    with watching(model, len(images)) as watch:
        losses = submission.train(model, images.clone(), labels.clone())
    return model, start, watch, losses


def movement(submission, images, labels, seed):
    """Return whether the model is called, gradients come back, steps have some, parameters move.

    `still` are those that do not, although others do and the outputs depend on them.
    """
    model, start, watch, _ = trained(submission, images, labels, seed)
    now = dict(model.named_parameters())
    moved = {name for name in start if name in now and not torch.equal(start[name], now[name])}
    still = [name for name in start if name in now and name not in moved] if moved else []
    return {
        "called": watch.calls > 0,
        "reached": watch.reached,
        "stepped": watch.steps > 0,
        "empty": 0 < watch.steps == watch.empty_steps,
        "moved": bool(moved),
        "still": [name for name in still if matters(model, now[name], images.float())],
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
    """Return the share of backward passes that add to gradients from before the last step."""
    _, _, watch, _ = trained(submission, images, labels, seed)
    return {"share": watch.old / max(1, watch.passes - 1)}


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
    _, _, watch, _ = trained(submission, images, labels, seed)
    passes = watch.at_logits
    if passes and all(len(x) == 1 for x, *_ in passes):
        passes = [tuple(map(torch.cat, zip(*passes, strict=True)))]  # one row has any factor
    fits = [
        set(fitting(labels_of(x, images.float(), labels), *at_logits(output, gradient)))
        for x, output, gradient in passes
    ]
    return {"passes": len(fits), "fits": sorted(set.intersection(*fits)) if fits else []}


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
    for name, loss in LOSSES.items():
        times = factor(gradient, slope(loss, logits, pulled if labels is None else labels))
        if times > 0:
            yield name
        elif times < 0 and name == "cross_entropy":
            yield "uphill"
    shifted = labels is not None and not torch.equal(labels, pulled)
    if shifted and factor(gradient, slope(LOSSES["cross_entropy"], logits, pulled)) > 0:
        yield "other_labels"


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

    `rounds` is how often the training went over the data, `seen` how many images there are in it.
    """
    _, _, watch, losses = trained(submission, images, labels, seed)
    return {
        "kind": type(losses).__name__,
        "numbers": numbers(losses),
        "started": numbers(watch.losses),
        "rounds": watch.rows / len(images),
        "seen": watch.seen,
    }


def numbers(values):
    """Return what is a row of numbers as an array, else None."""
    try:
        return np.array([float(value) for value in values])
    except (TypeError, ValueError, RuntimeError):
        return None


def predictions(submission, images, labels, others, seed):
    """Return the class that a trained model gives the most to: of other images, and of its own."""
    images = images.float()
    model = built(submission, images, seed)
    model.train()
    losses = submission.train(model, images.clone(), labels.clone())
    classes = [evaluated(model, x).argmax(dim=1).cpu().numpy() for x in (others.float(), images)]
    return {"others": classes[0], "own": classes[1], "losses": numbers(losses)}


def habits(submission, images, labels, seed):
    """Return how many images are learnt from, between which numbers inputs lie, how loss adds up.

    `summed`: the gradient at the logits is that of the sum over a batch, not of its mean.
    """
    _, _, watch, losses = trained(submission, images, labels, seed)
    inputs = watch.inputs or [images]
    sizes = []
    for x, *rest in watch.at_logits:
        z, gradient = at_logits(*rest)
        right = slope(LOSSES["cross_entropy"], z, gradient.argmin(dim=1))
        sizes.append((len(x), factor(gradient, right)))
    return {
        "seen": watch.seen,
        "inputs": [min(float(x.min()) for x in inputs), max(float(x.max()) for x in inputs)],
        "summed": bool(sizes) and all(n > 1 and abs(k - n) <= NEAR * n for n, k in sizes),
        "losses": numbers(losses),
    }
