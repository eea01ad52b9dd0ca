"""Order by hand: numbers in the list, which the browser sets by dragging or by the arrow buttons."""


class Ordered:
    """For admins of rows with a `position`; the list shows them in their order and takes a new one."""

    list_editable = ["position"]
    list_per_page = 100
