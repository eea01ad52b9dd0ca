"""Of two who want at the same moment what can be had once, such as an address or a name to sign in with."""

from django.db import IntegrityError


class LooksAgain:
    """For admins: the form of who came second is checked anew, and says what is taken by now.

    Or it takes the next free address, where it makes one itself.
    """

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:  # rolled back
            for name in request.FILES:
                for file in request.FILES.getlist(name):
                    file.seek(0)
        return super().changeform_view(request, *args, **kwargs)
