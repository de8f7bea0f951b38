"""State diagrams: a lifecycle becomes a small graph, and one file for each diagram format draws it."""
