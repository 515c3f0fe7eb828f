"""What happens without anybody asking: named jobs, each done by one process at a time.

Every process offers to do each job. A row in the database says who does it and until when; that
lease is taken by a compare-and-set, renewed while the work goes on, and runs out by itself when
its holder is killed: the next process then begins the job again. So a job must be safe to repeat
from any point. Which jobs there are is said in ``recul.jobs``.

Due times and leases are read off the clocks of the processes. On several hosts these must agree
to within a few seconds, as they do under NTP.
"""

from recul.clockwork.job import Job
from recul.clockwork.running import run, work_until_told

__all__ = ["Job", "run", "work_until_told"]
