"""How organizers sign in. Visitors, volunteers and attendees have no account and never come here.

`adapters`: what django-allauth is told about this site. `guessing`: who may try a password how often.
`events`: what happened to an account. `second_factor`: from whom more than a password is asked.
`sessions`: where an account is signed in, and ending that. `views`, `urls`: the pages, in the admin's look.
"""
