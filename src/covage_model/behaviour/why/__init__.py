"""Why a trigger is refused, and the nearest way to where it is possible."""
