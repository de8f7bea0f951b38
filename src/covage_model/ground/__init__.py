"""The base of all other folders: findings and their codes, files, patterns, JSON values, processes. No orders."""
