"""Counting what test runners print: a run that says nothing good must not pass for one."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from run_tests import count_catch2, count_unittest  # noqa: E402


class Counts(unittest.TestCase):
    def test_catch2(self):
        self.assertEqual(count_catch2(0, "All tests passed (12 assertions in 3 test cases)\n"), (3, 0))
        self.assertEqual(count_catch2(8, "test cases: 11 | 10 passed | 1 failed\nassertions: 9 | 7 passed | 2 failed\n"),
                         (10, 1))
        self.assertEqual(count_catch2(8, "test cases: 1 | 1 failed\nassertions: 1 | 1 failed\n"), (0, 1))

    def test_unittest(self):
        self.assertEqual(count_unittest(0, "Ran 12 tests in 0.1s\n\nOK\n"), (12, 0))
        self.assertEqual(count_unittest(0, "Ran 12 tests in 0.1s\n\nOK (skipped=2)\n"), (10, 0))
        self.assertEqual(count_unittest(1, "Ran 12 tests in 0.1s\n\nFAILED (failures=1, errors=2, skipped=1)\n"), (8, 3))

    def test_a_crash_is_a_failure(self):
        self.assertEqual(count_catch2(139, ""), (0, 1))
        self.assertEqual(count_unittest(1, "Traceback"), (0, 1))

    def test_no_tests_is_a_failure(self):
        self.assertEqual(count_unittest(0, "Ran 0 tests in 0.0s\n\nOK\n"), (0, 1))
        self.assertEqual(count_catch2(0, "No tests ran\n"), (0, 1))


if __name__ == "__main__":
    unittest.main()
