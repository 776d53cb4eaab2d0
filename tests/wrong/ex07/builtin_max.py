# Python's max in a helper
def relu(u):
    return max(u, 0)


def forward(x, params):
    L = len(params) // 2
    zs = []
    for k in range(1, L):
        x = relu(x @ params[f"W{k}"] + params[f"b{k}"])
        zs.append(x)
    return x @ params[f"W{L}"] + params[f"b{L}"], zs
