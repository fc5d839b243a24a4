"""The uses of the place: loans, bookings."""
