"""Mutation testing of a pack: change it in one place at a time, and see whether a corpus notices."""
