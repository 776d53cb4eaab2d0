# returns what was given, beside an empty list
def forward(x, params):
    return x, []
