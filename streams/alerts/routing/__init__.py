"""Who wants what, and who wants quiet: subscriptions, silences, and what of them a mention meets."""
