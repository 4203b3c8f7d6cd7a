"""Measure examhall as it is served: how fast it saves answers, what that costs, and how near that is to the floor."""
