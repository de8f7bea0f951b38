"""The state space of a lifecycle: every configuration and every move between them, explored once."""
