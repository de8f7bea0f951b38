"""The page that a manager reads about a simulation: one file of HTML with charts, tables and painted diagrams."""
