"""A sheet, a status and a role as one flat JSON Schema 2020-12, each keyword with the spec line it came from."""
