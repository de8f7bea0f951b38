"""For people's own test suites: a pytest plugin, which is in every run of pytest, and must cost nothing there."""
