"""What one order document may hold: presence, JSON Schema, judging, generating, tables."""
