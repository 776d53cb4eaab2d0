"""What a shut-off process reaches of a card: its nodes, here one that is harmless, and no more."""

import errno

import pytest

from grader.judge.processes.readable import driver
from grader.wire.levels import FULL, KERNEL

NODE = "/dev/zero"


@pytest.fixture(params=[FULL, KERNEL])
def with_card(warm_with, request):
    """A process at a level that shuts files off, which may open the nodes of a card."""
    return warm_with(max_level=request.param, devices=[NODE])


def test_the_nodes_of_a_card_are_read_written_and_steered(with_card):
    answer = with_card.answer(f"""
        import errno, fcntl
        node = os.open({NODE!r}, os.O_RDWR)
        result = [os.read(node, 1) == bytes(1), os.write(node, b"x")]
        try:
            fcntl.ioctl(node, 0xC020462A, bytes(32))
        except OSError as problem:
            result.append(problem.errno)
    """)
    # The call reaches the node, which knows nothing of it.
    assert answer == {"result": [True, 1, errno.ENOTTY]}


def test_no_other_node_is_opened(with_card):
    with_card.closed("os.open('/dev/random', os.O_RDWR)")
    with_card.closed("os.open('/dev/full', os.O_RDWR)")


def test_without_a_card_none_of_its_nodes_is_opened(warm_with):
    for level in (FULL, KERNEL):
        warm_with(max_level=level).closed(f"os.open({NODE!r}, os.O_RDWR)")


def test_nobody_types_into_a_terminal_by_way_of_a_card(with_card):
    answer = with_card.answer(f"""
        import fcntl
        fcntl.ioctl(os.open({NODE!r}, os.O_RDWR), 0x5412, b"x")
    """)
    assert answer["errno"] == errno.EPERM


def test_addresses_may_be_reserved_but_not_written_to_without_end(with_card):
    answer = with_card.answer("""
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        libc.mmap.restype = ctypes.c_void_p
        result = libc.mmap(None, ctypes.c_size_t(1 << 42), 0, 0x4022, -1, 0) != 2**64 - 1
    """)
    assert answer == {"result": True}
    limits = {"memory_bytes": 200 << 20}
    answer = with_card.answer("bytearray(3 << 30)", limits=limits)
    assert answer["error"] == "MemoryError"
    answer = with_card.answer("result = len(bytearray(100 << 20))", limits=limits)
    assert answer == {"result": 100 << 20}


def test_of_the_driver_what_computes_is_offered(tmp_path):
    for name in ("nvidia0", "nvidia12", "nvidiactl", "nvidia-uvm", "nvidia-uvm-tools"):
        (tmp_path / name).touch()
    for name in ("nvidia-modeset", "nvidia-caps", "sda", "mem", "dri"):
        (tmp_path / name).touch()
    found = [path.removeprefix(f"{tmp_path}/") for path in driver.nodes(tmp_path)]
    assert found == ["nvidia-uvm", "nvidia0", "nvidia12", "nvidiactl"]


def test_of_the_libraries_those_of_cuda_are_offered(tmp_path):
    names = ("libcuda.so.1", "libcuda.so.570.1", "libnvidia-ptxjitcompiler.so.1", "libnvidia-ml.so")
    for name in (*names, "libnvidia-encode.so.1", "libGLX_nvidia.so.0", "libcudart.so.12"):
        (tmp_path / name).touch()
    found = {path for path in driver.libraries((str(tmp_path),)) if path.startswith(str(tmp_path))}
    assert found == {f"{tmp_path}/{name}" for name in names}
    assert driver.libraries((str(tmp_path / "nothing"),)) == set()
