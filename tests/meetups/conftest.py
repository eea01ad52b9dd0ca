"""What the tests of the public pages share."""

from tests.events.conftest import no_questions_about_the_clock

__all__ = ["no_questions_about_the_clock"]
