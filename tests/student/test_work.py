"""What right answers need works in a shut-off process, at every level."""

import pytest

from grader.wire.levels import FULL, KERNEL, NO_OPEN, OWN_CODE_ONLY

TRAINING = """
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
    repr(x), torch.linalg.svd(x), torch.nn.LSTM(3, 3)(x)
    torch.nn.Conv2d(1, 1, 2)(torch.ones(1, 1, 4, 4)).sum().backward()
    result = losses[-1] < losses[0]
"""
SAVING = """
    import io, torch
    model = torch.nn.Linear(3, 1)
    with {place} as place:
        torch.save(model.state_dict(), place)
        place.seek(0)
        torch.load(place, weights_only=True)
"""


def each(*levels):
    return {"params": levels, "scope": "module", "ids": lambda level: f"level {level}"}


@pytest.fixture(**each(FULL, KERNEL, NO_OPEN, OWN_CODE_ONLY))
def numerical(request, offered, warm_with):
    return warm_with(libraries=["numpy"], max_level=offered(request.param))


@pytest.fixture(**each(FULL, KERNEL, NO_OPEN))
def learning(request, offered, warm_with):
    return warm_with(libraries=["numpy", "torch"], max_level=offered(request.param))


def test_modules_of_the_standard_library_load_when_first_used(warm):
    result = warm.result("""
        import decimal, json, sqlite3, statistics, unittest.mock, wave, zoneinfo
        result = [str(zoneinfo.ZoneInfo("Europe/Paris")), sqlite3.connect(":memory:") is not None]
    """)
    assert result == ["Europe/Paris", True]


def test_a_missing_module_is_a_missing_module(shut_off):
    assert shut_off.answer("import no_such_module")["error"] == "ModuleNotFoundError"


def test_numpy_works(numerical):
    result = numerical.result("""
        import numpy as np
        import numpy.polynomial
        u, s, v = np.linalg.svd(np.eye(3))
        np.linalg.lstsq(np.eye(3), np.ones(3)), np.fft.fft(s), np.polynomial.Polynomial([1, 2])(s)
        result = s.tolist() + np.random.default_rng(0).permutation(2).tolist()
    """)
    assert sorted(result) == [0, 1, 1, 1, 1]


def test_arrays_can_be_kept_in_scratch(warm):
    result = warm.result("""
        import numpy as np
        np.save("array.npy", np.arange(3))
        result = np.load("array.npy").tolist()
        os.unlink("array.npy")
    """)
    assert result == [0, 1, 2]


def test_exceptions_show_where_they_come_from(numerical):
    result = numerical.result("""
        import traceback
        try:
            import json
            json.loads("{")
        except ValueError:
            result = traceback.format_exc()
    """)
    assert "in raw_decode" in result
    assert "JSONDecodeError: Expecting property name" in result


def test_ordinary_things_work(numerical):
    result = numerical.result("""
        import datetime, random, threading, time, warnings
        seen = []
        thread = threading.Thread(target=lambda: seen.append(sum(range(1000))))
        thread.start()
        thread.join()
        warnings.warn("careful")
        assert time.localtime().tm_year == datetime.datetime.now().year
        random.shuffle(seen)
        result = seen + [len(os.urandom(4)), os.cpu_count() > 0]
    """)
    assert result == [499500, 4, True]


def test_torch_trains(learning):
    assert learning.result(TRAINING) is True


def test_what_was_learnt_can_be_saved(learning):
    assert "error" not in learning.answer(SAVING.format(place="io.BytesIO()"))
    answer = learning.answer(SAVING.format(place="open('model.pt', 'w+b')"))
    assert answer.get("error") == ("PermissionError" if learning.level == NO_OPEN else None)
