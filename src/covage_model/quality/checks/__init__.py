"""Findings CM3xx about what a pack means, one file per check."""
