"""What the pages of accounts show of a browser."""

from django import template

from portal.accounts.agents import in_short

register = template.Library()
register.filter("browser", in_short)
