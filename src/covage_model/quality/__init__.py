"""Judgements about packs as a whole: is a pack sound, what exercises it, and what would a change to it mean."""
