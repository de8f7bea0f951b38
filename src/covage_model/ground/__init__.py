"""Words that every wing uses and that know nothing of orders: findings, codes, files, patterns, processes."""
