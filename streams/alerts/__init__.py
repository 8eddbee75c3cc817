"""Pure room: who wants what, what was told before, and what becomes of a mention.

The order of the data: `routing` reads subscriptions and silences and finds those that a mention concerns,
`stories` remembers what was told, `judging` says what the mention is to that, `decide` puts the two together,
`composing` writes the alert, `explanation` tells a person why. No Kafka, clock or log.
"""
