def total_input(x, W, b):
    return (x @ W)[..., :1] + b
