"""The people of the place: members, what they learnt, what they need."""
