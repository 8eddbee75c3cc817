"""The workers: Faust agents that read whole batches, and the promise they keep.

Outputs are acknowledged by the broker, then the memory's changes are acknowledged, then the source
offset may be committed. A failure ends the process with nothing of the open batch committed; it
starts again from outside. What is then read twice finds itself in the memory, or leads to the same
ids. Nothing here decides: agents read bytes, call the pure rooms, and publish what those return.
"""
