"""One order walked through its life: sessions, scenarios, traces, and a live `transitions` machine."""
