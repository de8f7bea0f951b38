"""Why a trigger is refused where an order is, and what is the least that would allow it."""
