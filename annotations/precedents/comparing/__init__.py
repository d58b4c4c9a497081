"""What each kind of difference is found by: one file a kind. Pure, English, closed lists."""
