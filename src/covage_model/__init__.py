"""Order specs that run: validate order files, draw lifecycles, play scenarios."""
