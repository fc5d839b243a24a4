"""The means of the place: spaces, equipment."""
