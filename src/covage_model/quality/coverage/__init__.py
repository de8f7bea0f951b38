"""Coverage: which definitions of a pack documents and scenarios exercised; recorded, merged and measured."""
