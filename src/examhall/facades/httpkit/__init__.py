"""HTTP tools that every door shares; nothing here knows a contract's words."""
