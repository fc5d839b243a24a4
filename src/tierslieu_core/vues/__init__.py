"""Read models that cross areas: the audit trail, the day's journal."""
