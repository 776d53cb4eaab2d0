# no activation anywhere, and the output in the list
def forward(x, params):
    out, hidden = x, []
    for i in range(1, len(params) // 2 + 1):
        out = out @ params[f"W{i}"] + params[f"b{i}"]
        hidden.append(out)
    return out, hidden
