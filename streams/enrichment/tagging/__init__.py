"""enrichment/tagging."""
