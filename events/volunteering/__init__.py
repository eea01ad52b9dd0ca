"""The verbs of volunteering, called by public pages, the admin and the daily task alike.

    applying     apply, confirm, change, withdraw and its undo: what a volunteer does
    answering    accept, decline, waitlist, offer, lapse: what a coordinator answers
    placing      shifts claimed, offered, given back, moved, cancelled; check-in
    swapping     two take over each other's shift
    thanking     served hours, the credit, the certificate
    reminding    mails before the start, and those written to a group
    merging      duplicates
    forgetting   erasure after the retention, and "delete me"

The two maps of states are drawn in docs/volunteers.md, the order of locks is told in `locks`.
"""
