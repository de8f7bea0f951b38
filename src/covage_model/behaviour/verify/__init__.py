"""Properties of all behaviours, one function for each kind: verdicts, counterexamples and witnesses, findings CM5xx."""
