"""How much a request may bring along, asked before a byte of it is written to disk."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from portal.folder import cut

MOST_BYTES = 120 * 2**20


class RefuseTheHuge(FileUploadHandler):
    """The first of the upload handlers: refuses a request by the length it states, and leaves others to the next."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MOST_BYTES:
            raise RequestDataTooBig(f"a form of {content_length} bytes")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None


class TemporaryFiles(TemporaryFileUploadHandler):
    """Large files lie under a name that ends as theirs does, and what follows the last dot may be half a title."""

    def new_file(self, field_name, file_name, *args, **kwargs):
        super().new_file(field_name, cut(file_name), *args, **kwargs)
