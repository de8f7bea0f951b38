"""What of a pack was exercised by documents and scenarios: recorded, merged, and measured against all that can be."""
