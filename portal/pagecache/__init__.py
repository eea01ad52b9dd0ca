"""Whole pages for anonymous visitors, answered before Django is reached.

`marking`: a view says that its page is the same for everybody; what no view
has said that of is never stored. `front`: stands before the application and
answers kept pages (`page`), from each process's `memory` or from `stores`, shared
by all workers, until public content is saved (`forgetting`) or the clock changes
something (`moments`). `known`: what many pages share is read
once as long. `files`: the same pages for a server in front.
"""
