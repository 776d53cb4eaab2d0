def forward(x, params):
    return x @ params["W1"] + params["b1"], []
