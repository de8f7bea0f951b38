"""A small order back office, written by hand, and tested against the spec."""
