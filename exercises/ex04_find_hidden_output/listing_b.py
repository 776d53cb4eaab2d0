import functions


def forward(x, network):
    """Carry a batch through a network of two layers, one sample in each row of x."""
    u1 = x @ network["W1"] + network["b1"]
    z1 = functions.sigmoid(u1)
    u2 = z1 @ network["W2"] + network["b2"]
    y = functions.sigmoid(u2)
    return y, z1
