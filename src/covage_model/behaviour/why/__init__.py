"""Why a trigger is refused, and the shortest paths to where it is possible."""
