"""One order document: what it may hold, as JSON Schema, judged, made, shown as a table."""
