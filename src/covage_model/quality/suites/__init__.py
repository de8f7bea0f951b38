"""Test suites of scenarios that cover a lifecycle, minimised: none can be dropped."""
