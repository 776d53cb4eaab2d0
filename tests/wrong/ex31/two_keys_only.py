# knows W1 and b1 only
def sgd_step(params, grads, learning_rate):
    W1 = params["W1"] - learning_rate * grads["W1"]
    b1 = params["b1"] - learning_rate * grads["b1"]
    return {"W1": W1, "b1": b1}
