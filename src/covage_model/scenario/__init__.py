"""Scenarios played: what happened, step by step, and where it differs from what was expected."""
