"""A second, independent reading of lifecycles, for the toolkit to agree with."""
