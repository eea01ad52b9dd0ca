"""The schedule as files: schedule.xml, .json, .ics, .xcal and .csv."""

from django.http import Http404
from django.urls import reverse

from events.exports import frab, ics, schedule_json, table, xcal
from events.exports.exported import Exported
from events.reaching import find_conference
from portal.calendar_answers import explained_in_wechat
from portal.files import answer_file, digest
from portal.pagecache.marking import public_page
from portal.pagecache.page import CACHE_CONTROL

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
    """Answer by what is in the file: no row that is left tells the moment at which another was deleted."""
    content = made_by.make(exported)
    return answer_file(request, digest(content), lambda: content, made_by.CONTENT_TYPE, CACHE_CONTROL)
