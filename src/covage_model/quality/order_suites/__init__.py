"""Test suites of valid and invalid order files, minimised, for any validator."""
