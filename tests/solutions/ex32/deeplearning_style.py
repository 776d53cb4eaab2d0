import math


def mini_batches(X, Y, mini_batch_size, rng):
    m = X.shape[0]
    batches = []
    permutation = list(rng.permutation(m))
    shuffled_X = X[permutation]
    shuffled_Y = Y[permutation]
    complete = math.floor(m / mini_batch_size)
    for k in range(complete):
        batches.append(
            (
                shuffled_X[k * mini_batch_size : (k + 1) * mini_batch_size],
                shuffled_Y[k * mini_batch_size : (k + 1) * mini_batch_size],
            )
        )
    if m % mini_batch_size != 0:
        batches.append((shuffled_X[complete * mini_batch_size :], shuffled_Y[complete * mini_batch_size :]))
    return batches
