"""From bytes to documents: every value with the line and column where somebody wrote it, and nothing altered."""
