"""news/formats."""
