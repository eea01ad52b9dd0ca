"""Plain structures that the partials in templates/portal show, made from rows with no query of their own.

Each field `x_lang` is the value for `lang` where `x` stands in a fallback language, and empty in the page's own.
"""
