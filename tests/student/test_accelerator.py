"""What a student process does with a card, on a card that is none."""

from types import SimpleNamespace

import pytest

from grader.student import accelerator
from grader.student.accelerator import STOCK, Card, Host, device_of

NAN_OF_ALL_SIZES = 0xFF
MIB = 1 << 20


class FullError(RuntimeError):
    """There is no more memory on the card."""


class Block:
    def __init__(self, cuda, size):
        self.cuda, self.size = cuda, size
        cuda.held += size
        cuda.peak = max(cuda.peak, cuda.held)

    def fill_(self, byte):
        self.cuda.filled.append((self.size, byte))

    def __del__(self):
        self.cuda.held -= self.size


class Cuda:
    """What is used of ``torch.cuda``, and what was done with it, in order."""

    OutOfMemoryError = FullError

    def __init__(self, total=1 << 34, inactive=()):
        self.total, self.inactive = total, inactive
        self.done, self.filled = [], []
        self.held = self.peak = 0
        self.fraction = None

    def reserve(self, size):
        if self.held + size > self.total:
            raise FullError
        return Block(self, size)

    def init(self):
        self.done.append("init")

    def get_device_properties(self, _number):
        return SimpleNamespace(name="A card")

    def mem_get_info(self):
        return self.total // 2, self.total

    def set_per_process_memory_fraction(self, fraction):
        self.fraction = fraction

    def memory_snapshot(self):
        blocks = [{"size": size, "state": "inactive"} for size in self.inactive]
        return [{"blocks": [{"size": 512, "state": "active_allocated"}, *blocks]}]

    def reset_peak_memory_stats(self):
        self.peak = 0

    def synchronize(self):
        self.done.append("synchronize")

    def max_memory_allocated(self):
        return self.peak


def card(cuda):
    return Card(cuda, cuda.reserve)


def test_a_card_is_touched_first_when_it_begins():
    cuda = Cuda()
    assert cuda.done == []
    assert card(cuda).begin(1 << 30) == {"card": "A card", "free": 1 << 33, "total": 1 << 34}
    assert cuda.done == ["init"]


def test_a_submission_gets_no_more_of_the_memory_than_its_limit():
    cuda = Cuda(total=1 << 32)
    card(cuda).begin(1 << 30)
    assert cuda.fraction == 1 / 4
    small = Cuda(total=1 << 29)
    card(small).begin(1 << 30)
    assert small.fraction == 1.0


def test_a_process_begins_with_a_stock_of_nan_in_both_pools_of_torch():
    cuda = Cuda()
    card(cuda).begin(1 << 30)
    assert cuda.filled == [(size, NAN_OF_ALL_SIZES) for size in STOCK]
    assert min(STOCK) < MIB < max(STOCK)
    assert cuda.held == 0


def test_all_that_is_free_is_filled_before_each_request_and_held_at_once():
    cuda = Cuda(inactive=(512, 4 * MIB, 1024))
    card(cuda).before_request()
    assert cuda.filled == [(4 * MIB, 0xFF), (1024, 0xFF), (512, 0xFF)]
    assert cuda.held == cuda.peak == 0


def test_a_full_card_begins_and_goes_on_all_the_same():
    cuda = Cuda(total=MIB, inactive=(2 * MIB,))
    full = card(cuda)
    full.begin(1 << 30)
    full.before_request()
    assert cuda.filled == []


def test_a_result_is_read_when_all_streams_are_done_and_the_peak_is_kept():
    cuda = Cuda()
    device = card(cuda)
    for size in (5 * MIB, 3 * MIB):
        device.before_request()
        cuda.reserve(size)
        device.after_call()
    assert cuda.done == ["synchronize"] * 2
    assert device.peak() == 5 * MIB


@pytest.mark.parametrize("name", ["cpu", "sim"])
def test_on_the_host_nothing_is_done(name):
    device = device_of(name)
    assert type(device) is Host
    assert device.begin(1) is None
    assert device.peak() is None
    device.before_request()
    device.after_call()


def test_every_float_is_nan_in_memory_that_was_filled():
    np = pytest.importorskip("numpy")
    filled = np.full(16, NAN_OF_ALL_SIZES, np.uint8)
    for dtype in (np.float16, np.float32, np.float64):
        assert np.isnan(filled.view(dtype)).all()
    torch = pytest.importorskip("torch")
    assert torch.from_numpy(filled).view(torch.bfloat16).isnan().all()


def test_errors_of_a_card_are_told_apart():
    torch = pytest.importorskip("torch")
    stopped = "CUDA error: device-side assert triggered"
    assert accelerator.is_fault_of_card(torch.AcceleratorError(stopped))
    assert accelerator.is_fault_of_card(RuntimeError(stopped))
    assert not accelerator.is_fault_of_card(RuntimeError("Torch not compiled with CUDA enabled"))
    assert not accelerator.is_fault_of_card(torch.OutOfMemoryError("CUDA out of memory."))
    assert accelerator.is_full(torch.OutOfMemoryError("CUDA out of memory."))
    assert not accelerator.is_full(RuntimeError(stopped))


def test_a_warm_process_that_has_touched_cuda_does_not_fork(monkeypatch):
    torch = pytest.importorskip("torch")
    accelerator.refuse_if_touched()
    monkeypatch.setattr(torch.cuda, "is_initialized", lambda: True)
    with pytest.raises(RuntimeError, match="before the first fork"):
        accelerator.refuse_if_touched()
