# ex28 · Fill in a backward pass
#
# A network that predicts numbers instead of classes needs another end: an output
# without activation, and the squared error. In the backward pass, only the place
# changes where it begins; the rest stays. Whoever sees which lines depend on the loss
# and which do not can change the task of a network without deriving everything anew.
#
# In the file that you start from, `backward(x, d, z1, y, params)` is written, except
# for two blanks. Put your code in the place of `...`, as many lines as you like, and
# leave all the other lines as they are: a line that is changed is noted in the report.
# You are graded by what your file computes.
#
# For a batch of `n` samples with `in` inputs, `h` hidden neurons and `k` outputs, the
# forward pass was
#
# - u₁ = xW₁ + b₁ and z₁ = max(0, u₁) (ReLU), both of shape `(n, h)`
# - u₂ = z₁W₂ + b₂, of shape `(n, k)`: the total inputs of the output layer
# - y = u₂ (the identity), of shape `(n, k)`
#
# The error is half the mean of the squares, over all n·k entries:
#
#     E = 1/(2nk) ∑ᵢ₌₁ⁿ ∑ⱼ₌₁ᵏ (dᵢⱼ - yᵢⱼ)²
#
# `backward` returns a dictionary with the derivative of E with respect to each
# parameter. The blanks:
#
# 1. `delta2`, the derivative of E with respect to every entry of u₂, of shape `(n, k)`
# 2. the derivative of E with respect to W₂, of shape `(h, k)`
#
# | | shape |
# |---|---|
# | `x`, one sample in each row | `(n, in)` |
# | `d`, what is to be predicted; `y`, what the network predicts | `(n, k)` |
# | `z1`, the outputs of the hidden layer | `(n, h)` |
# | `params["W1"]`, `params["b1"]` | `(in, h)`, `(h,)` |
# | `params["W2"]`, `params["b2"]` | `(h, k)`, `(k,)` |
#
# - All are NumPy arrays; `params` is a dictionary with these four keys. n, in, h and k
#   are 1 or more.
# - If all arguments are float32, so are the gradients; if all are float64, or `d` holds
#   integers and the rest float64, they are float64. An entry may be off by 10⁻⁶, and by
#   as much of its value.
# - `x`, `d`, `z1`, `y`, `params` and the arrays in it are not changed.
#
# Beside your file lies `functions.py`. It holds among others the derivatives
# `d_mean_squared_error(d, y)` (of this very E, with respect to y),
# `d_sigmoid_with_loss(d, y)` (of the mean cross-entropy after a sigmoid with one
# output), `d_relu(u)` and `d_sigmoid(u)`; not all of them are needed.
#
# ```python
# x = np.array([[2.0, 0.0], [1.0, 3.0]])
# d = np.array([[1.0, -1.0], [2.0, 5.0]])
# params = {
#     "W1": np.array([[1.0, 1.0], [0.0, -1.0]]),
#     "b1": np.array([0.0, 0.0]),
#     "W2": np.array([[1.0, 0.0], [0.5, -1.0]]),
#     "b2": np.array([0.0, 1.0]),
# }
# z1 = np.array([[2.0, 2.0], [1.0, 0.0]])
# y = np.array([[3.0, -1.0], [1.0, 1.0]])
# backward(x, d, z1, y, params)
# # W1: [[0.75, 0.5], [-0.75, 0]]   b1: [0.25, 0.25]
# # W2: [[0.75, -1], [1, 0]]        b2: [0.25, -1]
# ```
#
# When you are done: grade ex28

import functions
import numpy as np


def backward(x, d, z1, y, params):
    grads = {}
    # To fill in: `delta2`, the derivative of E with respect to u₂, of shape (n, k).
    delta2 = functions.d_mean_squared_error(d, y)
    grads["b2"] = np.sum(delta2, axis=0)
    # To fill in: the derivative of E with respect to W₂, of shape (h, k).
    grads["W2"] = z1 * delta2
    delta1 = (delta2 @ params["W2"].T) * functions.d_relu(z1)
    grads["b1"] = np.sum(delta1, axis=0)
    grads["W1"] = x.T @ delta1
    return grads
