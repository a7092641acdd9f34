"""All that is held about one person, for that person: what is about them, and where their name stands.

Data protection law gives a person a copy of what is held about them, and nothing of others. So each table
names its columns one by one: no other person, no words that may be exempt, no secret such as a token.
"""
