# the "from scratch" books: a mask with replacement, floor of the iterations
import numpy as np


def mini_batches(x, d, size, rng):
    train_size = x.shape[0]
    iter_per_epoch = int(max(train_size / size, 1))
    for i in range(iter_per_epoch):
        batch_mask = np.random.choice(train_size, size)
        yield x[batch_mask], d[batch_mask]
