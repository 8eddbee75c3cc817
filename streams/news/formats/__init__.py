"""Formats: one file for each shape in which articles come; each reads into `lines.Content`.

Envelopes are the shape of the record itself (`envelope.py`); JSON is opened in `streams.wire`.
"""
