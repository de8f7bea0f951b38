"""Exact answers: what many orders do in time, computed from the table and its chances without sampling."""
