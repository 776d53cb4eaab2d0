import numpy as np


def forward(x, params):
    raise NotImplementedError
