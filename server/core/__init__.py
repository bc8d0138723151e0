"""PURE decisions: bytes and time in, effects out. No await, no clock, no I/O; the hub performs what is decided here."""
