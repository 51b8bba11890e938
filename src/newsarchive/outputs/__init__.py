"""Outputs: the kinds of file that a site has, one module each.

A kind lists its outputs with their addresses, tells which of them a change makes stale and why, and
renders them. `kinds.py` lists the kinds; `kind.py` defines what they have in common.
"""
