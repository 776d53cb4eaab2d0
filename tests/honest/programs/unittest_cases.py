"""One's own tests, run inside."""

import io
import unittest
from unittest import mock


class Softmax(unittest.TestCase):
    def test_sum(self):
        with self.subTest(n=1):
            self.assertAlmostEqual(0.1 + 0.2, 0.3)

    def test_called(self):
        called = mock.Mock(return_value=3)
        self.assertEqual(called(1), 3)
        called.assert_called_once_with(1)


def run():
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Softmax)
    done = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
    return [done.testsRun, done.wasSuccessful()]


EXPECTED = [2, True]
