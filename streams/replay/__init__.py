"""Stored raw articles through the functions that the workers call, in the order of their time.

The order is that of the record's timestamp, then its partition, then its offset, however many processes
share the work and however many records they take at once; so the same log gives the same bytes.
"""
