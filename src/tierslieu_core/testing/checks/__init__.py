"""What must hold of any life of a place, worked out anew from its facts alone, in the plainest way that can be read.

Nothing here asks an area how it decides: each check follows the facts one by one, as they were recorded.
"""
