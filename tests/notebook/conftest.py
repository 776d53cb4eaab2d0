"""Kernels for tests: one that tests share, and new ones."""

import pytest
from support import kernels

ENVIRONMENT = {"GRADER_LANG": "en"}


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """Start one kernel for the tests of a file."""
    with kernels.started(tmp_path_factory.mktemp("kernel"), ENVIRONMENT) as started:
        yield started


@pytest.fixture
def new_kernel(tmp_path):
    """Start a kernel for one test."""
    with kernels.started(tmp_path, ENVIRONMENT) as started:
        yield started
