"""Which definitions of a pack documents and scenarios exercised: recorded, merged, measured."""
