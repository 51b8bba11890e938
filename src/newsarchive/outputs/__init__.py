"""Outputs: the kinds of file that a site has, one module each.

A kind says at which addresses its outputs are, which of them there are, which are stale after a
change and why, and it renders them. `kinds.py` lists the kinds; `kind.py` has their common shape.
"""
