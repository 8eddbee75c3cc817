"""enrichment/linking."""
