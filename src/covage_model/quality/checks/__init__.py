"""What a pack means: findings that need presence, the explored table and patterns to be seen, one file per check."""
