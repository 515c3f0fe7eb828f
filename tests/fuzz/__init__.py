"""Any request, from anybody: no error of ours, and nothing of somebody else's.

`python -m tests.fuzz --requests 20000 --seed 1` draws requests with hypothesis: any route, method
and role, ids that are one's own, somebody else's, forged or none, fields of the pages' own forms
and others, odd values, headers and bodies. Each answer is judged (`judge`):

* it is no 5xx, and a refusal is a sentence in HTML;
* it holds no secret word of anybody whom the visitor may not read (`secrets`);
* the rows of the other house, in which nobody acts, are what they were, and nothing refers to
  them (`rows`).

Half of the requests are undone one by one, so that each meets a whole house; the others stay, so
that the house becomes as odd as its visitors.
"""
