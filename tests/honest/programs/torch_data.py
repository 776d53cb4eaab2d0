"""Data sets and loaders of one's own.

libraries: torch
"""

import torch
from torch.utils.data import DataLoader, Dataset, Subset, WeightedRandomSampler, random_split


class Squares(Dataset):
    def __len__(self):
        return 10

    def __getitem__(self, n):
        return torch.tensor(float(n)), n * n


def run():
    first, second = random_split(Squares(), [7, 3], generator=torch.Generator().manual_seed(0))
    loader = DataLoader(Subset(Squares(), range(4)), batch_size=3, drop_last=True)
    sampler = WeightedRandomSampler([1.0] * 10, 5)
    sizes = [len(first), len(second), sum(len(n) for n, _ in DataLoader(Squares(), 2, sampler=sampler))]
    return sizes + [[squares.tolist() for _, squares in loader]]


EXPECTED = [7, 3, 5, [[0, 1, 4]]]
