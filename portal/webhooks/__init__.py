"""Telling other servers, signed as the Standard Webhooks say (https://www.standardwebhooks.com).

`announcing` queues a message in the transaction of what it tells of, `signing` signs it, `sending` delivers it and
tries again with growing pauses.
"""
