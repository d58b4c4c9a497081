"""What each kind of difference is found by: one file a kind."""
