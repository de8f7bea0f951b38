"""One order followed through its life: sessions, scenarios, traces, the live `transitions` machine."""
