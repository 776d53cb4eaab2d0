import random


def mini_batches(x, d, size, rng):
    dice = random.Random(int(rng.integers(2**62)))
    rest = list(range(len(x)))
    while rest:
        chosen = dice.sample(rest, min(size, len(rest)))
        rest = [i for i in rest if i not in set(chosen)]
        yield x[chosen], d[chosen]
