"""Taking everything along: content as documented JSON, Markdown and files, and a copy of the site without a server."""
