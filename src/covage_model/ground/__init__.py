"""What every wing uses and no order is in: findings and codes, files, patterns, JSON values, processes."""
