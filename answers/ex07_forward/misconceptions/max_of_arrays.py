def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers):
        z = max(0, z @ params[f"W{k}"] + params[f"b{k}"])
        hidden.append(z)
    y = z @ params[f"W{layers}"] + params[f"b{layers}"]
    return y, hidden
