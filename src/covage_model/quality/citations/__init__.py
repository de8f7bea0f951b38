"""Traceability: for each statement of a source, the definitions that cite it and whether scenarios exercise them."""
