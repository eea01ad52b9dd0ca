"""The schedule as files: schedule.xml, .json, .ics, .xcal and .csv."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from events.exports import frab, ics, schedule_json, table, xcal
from events.exports.exported import Exported
from events.reaching import find_conference
from portal.calendar_answers import explained_in_wechat
from portal.files import digest
from portal.pagecache.marking import public_page

FORMATS = {"xml": frab, "json": schedule_json, "ics": ics, "xcal": xcal, "csv": table}


@public_page()
def schedule_file(request, conference, suffix):
    if suffix not in FORMATS:
        raise Http404(f"no format {suffix}")
    exported = Exported(find_conference(conference))
    if not exported.days and suffix != "ics":
        raise Http404(f"no schedule of {conference}")
    if suffix == "ics":
        page = reverse("schedule", args=[conference])
        return explained_in_wechat(request, ics.name_of(exported), page, lambda: _file(request, exported, ics))
    return _file(request, exported, FORMATS[suffix])


def _file(request, exported, made_by):
    content = made_by.make(exported)
    etag, changed = quote_etag(digest(content)), int(exported.changed_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed) or HttpResponse(content)
    response["Content-Type"] = made_by.CONTENT_TYPE
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    return response
