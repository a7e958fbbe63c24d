"""The steps of a drill, without a terminal."""
