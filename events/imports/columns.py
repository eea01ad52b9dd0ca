"""The columns of a programme in a spreadsheet: what the template offers, the export writes and the import reads."""

COLUMNS = (
    "code",
    "uuid",
    "title_zh",
    "title_en",
    "kind",
    "forum",
    "room",
    "starts",
    "ends",
    "cancelled",
    "language",
    "level",
    "speakers",
    "abstract_zh",
    "abstract_en",
    "recording",
    "slides",
)
