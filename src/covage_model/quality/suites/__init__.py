"""Test suites for behaviour: few runs that show everything asked for, and what no run can show."""
