"""A document judged: its order and variant, and findings CM4xx."""
