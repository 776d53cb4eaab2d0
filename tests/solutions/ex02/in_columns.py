def total_input(x, W, b):
    # samples in columns, as in older notes: u = W^T x + b, turned back at the end
    u = W.T.dot(x.T)
    u = u.T
    return u + b
