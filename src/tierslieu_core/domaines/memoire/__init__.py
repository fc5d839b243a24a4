"""The memory of the place: what the day brought, what is archived, what is handed on."""
