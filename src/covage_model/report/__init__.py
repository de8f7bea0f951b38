"""Findings and outcomes as text and as data: one file per format. Sentences are made here and not before."""
