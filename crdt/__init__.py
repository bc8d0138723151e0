"""The Purpose Case as a document that merges.

Pure: no I/O, no clock, no randomness, no asyncio. Whatever depends on time or chance comes in as an argument.
Only pycrdt and the standard library may be imported here; `tests/test_house.py` keeps it so.
"""
