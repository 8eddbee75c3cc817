"""Pure room: who wants what, what was told before, and what becomes of a mention.

The order of the data: `subscribing` reads a subscription, `matching` finds those that a mention
concerns, `stories` says what the mention is to what was told, `decide` puts the two together,
`composing` and `wording` write the alert, `explanation` tells a person why. No Kafka, clock or log.
"""
