"""Findings CM3xx: definitions of a pack that contradict each other or can never matter, one file per check."""
