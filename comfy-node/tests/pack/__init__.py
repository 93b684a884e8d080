"""The built pack, from its parts to a Python that runs it."""
