"""Records of the national database become drafts in our own model: read, map, compare, then write.

Nothing is invented: what a record does not say stays unsaid, and what it says unclearly is listed for a person to look at.
"""
