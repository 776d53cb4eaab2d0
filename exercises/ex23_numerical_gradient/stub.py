def numerical_gradient(f, x, h=1e-4):
    raise NotImplementedError
