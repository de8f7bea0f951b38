"""Mutation testing of a pack: it is changed in one place at a time, and a corpus notices or does not."""
