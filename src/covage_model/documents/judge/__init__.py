"""Documents judged: which order and variant they are, and every finding about them."""
