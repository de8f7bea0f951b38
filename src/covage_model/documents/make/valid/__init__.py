"""Valid orders and the accounts that they need."""
