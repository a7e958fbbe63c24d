"""The SQLite store, bank files and their cache: I/O without policy."""
