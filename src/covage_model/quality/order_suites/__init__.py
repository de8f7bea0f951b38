"""Test suites of order files, valid and invalid, minimised, for other people's validators."""
