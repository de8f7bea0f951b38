"""A second, independent interpretation of lifecycles, with which the toolkit must agree."""
