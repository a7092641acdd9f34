"""The whole pack of a meeting: how things stand, decisions to take, and what was agreed before."""
