"""The use cases: transactions, locks, loading, saving and the log; no HTTP, no clock."""
