"""What must hold on both stores: run on SQLite by the session itself, on PostgreSQL by the session that it starts."""
