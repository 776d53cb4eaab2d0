import torch


def make_params(sizes, device):
    raise NotImplementedError


def forward(x, params):
    raise NotImplementedError
