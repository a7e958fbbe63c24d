"""The page of `mlprep stats --html`; the extra `report` brings what it needs."""
