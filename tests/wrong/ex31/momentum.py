# keeps a velocity between the calls
velocity = {}


def sgd_step(params, grads, learning_rate):
    new = {}
    for k, p in params.items():
        if k not in grads:
            new[k] = p
            continue
        old = velocity.get(k)
        v = grads[k] if old is None or old.shape != p.shape else 0.9 * old + grads[k]
        velocity[k] = v
        new[k] = p - learning_rate * v
    return new
