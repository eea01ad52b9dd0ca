"""schedule.xcal: the calendar in XML (RFC 6321)."""

from xml.etree import ElementTree

from icalendar import Calendar

from events.exports import ics
from events.exports.exported import clean

CONTENT_TYPE = "application/calendar+xml; charset=utf-8"
NAMESPACE = "urn:ietf:params:xml:ns:icalendar-2.0"
# The type of each property that is not a text.
TYPES = {
    "DTSTAMP": "date-time",
    "DTSTART": "date-time",
    "DTEND": "date-time",
    "LAST-MODIFIED": "date-time",
    "SEQUENCE": "integer",
    "URL": "uri",
    "REFRESH-INTERVAL": "duration",
    "X-PUBLISHED-TTL": "duration",
    "TZOFFSETFROM": "utc-offset",
    "TZOFFSETTO": "utc-offset",
    "RDATE": "date-time",
}


def make(exported):
    root = ElementTree.Element("icalendar", xmlns=NAMESPACE)
    _component(root, Calendar.from_ical(ics.make(exported)))
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _component(parent, component):
    element = ElementTree.SubElement(parent, component.name.lower())
    properties = ElementTree.SubElement(element, "properties")
    for name, values in component.items():
        for value in values if isinstance(values, list) else [values]:
            _property(properties, name, value)
    if component.subcomponents:
        components = ElementTree.SubElement(element, "components")
        for child in component.subcomponents:
            _component(components, child)


def _property(parent, name, value):
    element = ElementTree.SubElement(parent, name.lower())
    zone = value.params.get("TZID")
    if zone:
        tzid = ElementTree.SubElement(ElementTree.SubElement(element, "parameters"), "tzid")
        ElementTree.SubElement(tzid, "text").text = zone
    kind = TYPES.get(name, "text")
    ElementTree.SubElement(element, kind).text = clean(_written(kind, value))


def _written(kind, value):
    """A value as XML writes it: moments and distances from UTC with their separators."""
    if kind == "text":
        return str(value)
    told = value.to_ical()
    text = told if isinstance(told, str) else told.decode()
    if kind == "date-time":
        day, _t, clock = text.partition("T")
        return f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:]}"
    if kind == "utc-offset":
        return f"{text[:3]}:{text[3:5]}"
    return text
