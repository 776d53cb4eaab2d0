from scipy import special


def softmax(x):
    return special.softmax(x, axis=-1)
