"""What holds of each path of a document, for an order and variant, a status and a role: the one answer."""
