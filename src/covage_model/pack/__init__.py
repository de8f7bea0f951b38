"""What a spec pack says: its YAML compiled into frozen values."""
