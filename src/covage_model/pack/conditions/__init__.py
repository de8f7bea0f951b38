"""Conditions: their truth, their JSON Schema, and their text for people."""
