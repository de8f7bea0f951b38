"""What a spec pack says: the YAML of the spec language compiled into frozen values."""
