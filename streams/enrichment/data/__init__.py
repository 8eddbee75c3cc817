"""The shipped reference data as CSV; `streams.wire.reference` reads it."""
