"""What was learnt, kept in a file and read again.

libraries: torch
files: scratch
"""

import torch


def run():
    model = torch.nn.Linear(2, 1)
    torch.save(model.state_dict(), "model.pt")
    other = torch.nn.Linear(2, 1)
    other.load_state_dict(torch.load("model.pt", weights_only=True))
    mapped = torch.load("model.pt", mmap=True)
    return [bool(torch.equal(model.weight, other.weight)), sorted(mapped)]


EXPECTED = [True, ["bias", "weight"]]
