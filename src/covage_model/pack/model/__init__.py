"""The frozen nouns of a spec pack: what a pack says, without a file, a clock or a verdict."""
