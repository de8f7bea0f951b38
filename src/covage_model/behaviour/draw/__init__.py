"""State diagrams: a lifecycle becomes a small graph, and one module for each format draws it."""
