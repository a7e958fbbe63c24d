"""Pure rules: bank format, grading, memory, planner. No clock, dice, files, SQL or rich."""
