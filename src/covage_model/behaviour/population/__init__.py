"""Many orders in time: what they choose by chance, how long it takes, and what comes of it, sampled or exact."""
