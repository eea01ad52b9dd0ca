"""While two releases serve at once, a page of one may ask a machine of the other for its style sheet."""

from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesOfAnyRelease(WhiteNoiseMiddleware):
    """Static files under their names; under a name of another release, what this one has in its place.

    The hash in a name tells one release's file from another's. What is answered for it here is kept by nobody, so the
    right one is found as soon as it is there. What no release has by then is not found, as ever.
    """

    def __call__(self, request):
        path = request.path_info
        if path in self.files or not path.startswith(self.static_prefix):
            return super().__call__(request)
        in_its_place = self.files.get(self.get_static_url(self.get_name_without_hash(path[len(self.static_prefix) :])))
        if in_its_place is None:
            return super().__call__(request)
        response = self.serve(in_its_place, request)
        response["Cache-Control"] = "no-store"
        return response
