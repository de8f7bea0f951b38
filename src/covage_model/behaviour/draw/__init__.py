"""State diagrams: what a lifecycle says (`extract`) as a small graph (`graph`), then one file for each format."""
