"""Traceability: for each statement of a source the definitions that cite it, and which of them scenarios exercise."""
