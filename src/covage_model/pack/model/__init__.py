"""The nouns of the spec language as frozen values: types, conditions, orders, lifecycles, properties, scenarios."""
