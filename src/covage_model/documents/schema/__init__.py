"""The printed JSON Schema 2020-12 of an order and variant, a status and a role, each keyword with its spec line."""
