"""A spec changed in one place at a time, and whether a corpus of documents and scenarios notices."""
