"""What an article says of one subject in a form that can be compared: figures, names, speakers, day, move.

`record` holds the values, `figures`, `proper_names`, `houses` and `moves` find them, `passages` says which
sentences of an article are about which company, `notices` and `quotes` read what a medium says of its
own articles, and `finding` puts them together. What two sets of facts are to each other is for
`streams.alerts` to say.
"""
