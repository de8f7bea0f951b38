"""Is the pack itself good, and would anybody notice if it were not: checks, coverage, citations, mutants, suites."""
