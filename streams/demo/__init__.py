"""The demo: a broker inside this process, a real worker beside it, sample news and three desks.

The articles are written for the demo: the companies exist, what is told of them did not happen. The
broker is librdkafka's mock cluster, which keeps nothing and makes every topic with four partitions;
the worker, the topics' names and the alerts are those of production.
"""
