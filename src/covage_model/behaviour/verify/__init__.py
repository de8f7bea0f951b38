"""Properties of all runs: verdicts, shortest counterexamples and witnesses, and findings CM5xx."""
