"""What holds at each path of a document, for an order and variant, a status and a role. All other rooms read this."""
