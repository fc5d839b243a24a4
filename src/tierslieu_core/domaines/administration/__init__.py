"""What keeps a place in order on paper: its documents, its contracts, its agreements."""
