"""What conditions mean: their truth, their JSON Schema, their words."""
