"""Market news in, explained alerts out: the package behind the command `news-alerts`.

The house has three pure rooms in the order of the data (news, enrichment, alerts) and
edges around them; imports only point down (pyproject.toml, `tool.importlinter`).
"""

__version__ = "0.1.0"
