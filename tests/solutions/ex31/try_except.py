def sgd_step(params, grads, learning_rate):
    out = dict()
    for k, v in params.items():
        try:
            g = grads[k]
        except KeyError:
            out[k] = v
            continue
        out[k] = v + (-learning_rate) * g
    return out
