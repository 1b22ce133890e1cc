"""Who may say and press what, and what handles it: a table for each kind of people."""
