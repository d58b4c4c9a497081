"""Rank verified claims for a text, by meaning."""
