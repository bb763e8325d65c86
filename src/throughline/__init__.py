"""Throughline: from an inspection letter to proof that children are better off, one unbroken line."""
