"""Dates as calendar programs read them: RFC 5545, and RFC 5546 for those that come by mail.

Every date is an entry of its own. A cycle is never one entry with a rule (RRULE) and changes to
some of its occurrences (RECURRENCE-ID), because that is where the programs disagree:

* Exchange and Outlook keep an occurrence only between its neighbours, never two on one day, and
  take an RDATE only where it pairs with an EXDATE of a rule (MS-OXCICAL 2.1.3.1.1.20.18,
  PidLidAppointmentRecur). A cycle of free dates, or one moved past the next, cannot be said.
* Google publishes a moved occurrence beside a series that still has it, without an EXDATE, and
  readers show it twice; an override without its series, as a mail about one date has to be, is
  refused by some and takes the whole series away in others.
* A METHOD:CANCEL of one RECURRENCE-ID is read as the end of the series by part of them.

An entry of its own moves (a higher SEQUENCE under the same UID) and ends (STATUS:CANCELLED, or a
METHOD:CANCEL) in all of them, and each person can delete one without the others.

By mail, one date is a METHOD:REQUEST or a METHOD:CANCEL. Several are one METHOD:PUBLISH: RFC 5546
wants one UID in a REQUEST, and Outlook reads the first entry only (MS-STANOICAL 2.2.175); it
takes a PUBLISH for a file, which opens with all of them.

We write the lines ourselves. The `icalendar` package takes 78 ms for five hundred entries, which
is more than a whole answer may, and writes time zones as lists of dates, which Outlook does not
read; the tests read everything back with it and with others.
"""
