"""How people call the groups of accounts; in the database they have one name for good."""

from django.utils.translation import gettext_lazy as _

from portal import chapter_words, rights

GROUP_LABELS = {
    rights.ADMINISTRATOR: _("administrator"),
    rights.CONFERENCE_ORGANIZER: _("conference organizer"),
    rights.PRODUCER: _("producer"),
    rights.CHAPTER_LEAD: chapter_words.CHAPTER_LEAD,
    rights.VOLUNTEER_COORDINATOR: _("volunteer coordinator"),
    rights.EDITOR: _("editor"),
    rights.TRANSLATOR: _("translator"),
}
