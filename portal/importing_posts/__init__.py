"""Posts of a former site, Markdown files with front matter, into articles.

frontmatter   the bytes of a file -> what it says of itself, and its text
reading       a folder -> its posts; what cannot be one is refused, with its line and the reason
pictures      where a post's pictures lie in the folder, and where they are kept here
bodies        Liquid, Hexo's tags and raw HTML -> our Markdown; what that cannot say is kept in words, and listed
occasions     which conferences and meetups a post tells of
articles      a post -> the fields of an article
importing     the plan of it all: new, changed, the same, refused; then written whole, or not at all
"""

from portal.importing_posts.importing import import_posts

__all__ = ["import_posts"]
