"""Orders with one defect, and the findings that they must get."""
