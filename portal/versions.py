"""Who changed what and when: a row of history for every change of a curated row."""

import simple_history


def keep_history(*models):
    """Record every change of these models' rows, in both languages.

    Call it at the end of `translation.py`: before that, the columns of the
    languages do not exist. Rendered HTML is left out, since it follows from its text; desks
    and registrations keep none, since what is erased must be gone.
    """
    for model in models:
        simple_history.register(
            model,
            app=model._meta.app_label,
            excluded_fields=[field.name for field in model._meta.get_fields() if "_html" in field.name],
            m2m_fields=list(model._meta.local_many_to_many),
        )
