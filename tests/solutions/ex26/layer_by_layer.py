import functions


def backward(x, d, z1, y, params):
    inputs = [x, z1]
    delta = functions.d_sigmoid_with_loss(d, y)
    grads = {}
    for k in (2, 1):
        z = inputs[k - 1]
        grads[f"W{k}"] = z.T @ delta
        grads[f"b{k}"] = delta.sum(axis=0)
        if k > 1:
            delta = (delta @ params[f"W{k}"].T) * functions.d_relu(z)
    return grads
