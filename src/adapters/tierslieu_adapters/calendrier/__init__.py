"""What calendar libraries know, for the edge."""
