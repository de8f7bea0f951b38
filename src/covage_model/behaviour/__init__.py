"""How orders live: the explored state space, running, verifying, explaining and drawing it."""
