"""Tries every fault of AWS at every call of every operation, and writes docs/reliability.md from what it saw."""
