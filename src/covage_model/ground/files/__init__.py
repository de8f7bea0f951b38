"""Files: bytes become documents, with the line and column of every value and nothing altered; and the one writer."""
