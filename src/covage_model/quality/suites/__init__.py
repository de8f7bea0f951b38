"""Test suites of scenarios that cover a lifecycle, minimised: no scenario can be dropped."""
