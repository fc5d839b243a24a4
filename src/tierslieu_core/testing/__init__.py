"""The public harness: hold your own place, area or store against the laws that ours obey (extra ``testing``)."""
