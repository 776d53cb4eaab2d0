"""What right answers need works in a shut-off process."""

import pytest


@pytest.fixture(scope="module")
def numerical(warm_with):
    return warm_with(libraries=["numpy"])


def test_modules_of_the_standard_library_load_when_first_used(warm):
    result = warm.result("""
        import decimal, json, sqlite3, statistics, unittest.mock, wave, zoneinfo
        result = [str(zoneinfo.ZoneInfo("Europe/Paris")), sqlite3.connect(":memory:") is not None]
    """)
    assert result == ["Europe/Paris", True]


def test_a_missing_module_is_a_missing_module(warm):
    assert warm.answer("import no_such_module")["error"] == "ModuleNotFoundError"


@pytest.mark.usefixtures("kernel_level")
def test_numpy_works(numerical):
    result = numerical.result("""
        import numpy as np
        import numpy.polynomial
        u, s, v = np.linalg.svd(np.eye(3))
        np.save("array.npy", s)
        result = np.load("array.npy").tolist() + np.random.default_rng(0).permutation(2).tolist()
        os.unlink("array.npy")
    """)
    assert sorted(result) == [0, 1, 1, 1, 1]


@pytest.mark.usefixtures("kernel_level")
def test_torch_trains(warm_with):
    result = warm_with(libraries=["torch"]).result("""
        import torch
        from torch.utils.data import DataLoader, TensorDataset
        torch.set_num_threads(1)
        torch.manual_seed(0)
        x = torch.randn(64, 3)
        y = x.sum(dim=1, keepdim=True)
        model = torch.nn.Linear(3, 1)
        optimiser = torch.optim.Adam(model.parameters(), lr=0.1)
        losses = []
        for _ in range(5):
            for inputs, targets in DataLoader(TensorDataset(x, y), batch_size=16):
                loss = torch.nn.functional.mse_loss(model(inputs), targets)
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
            losses.append(loss.item())
        torch.save(model.state_dict(), "model.pt")
        torch.load("model.pt", weights_only=True)
        os.unlink("model.pt")
        repr(x), torch.linalg.svd(x), torch.nn.LSTM(3, 3)(x)
        result = losses[-1] < losses[0]
    """)
    assert result is True
