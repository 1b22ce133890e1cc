"""SQLAlchemy Core and nothing else: tables, keys, and one repository per family of tables."""
