def double(x):
    y = x
    y += x
    return y
