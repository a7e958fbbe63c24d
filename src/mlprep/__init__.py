"""Interview trainer for senior, staff and principal machine-learning engineers."""

__version__ = "0.1.0"
