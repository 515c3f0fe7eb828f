"""`make bench`: how fast Recul is beside a bare page of the same framework, in one run.

Figures of two machines, or of two hours on one, cannot be compared; ratios of one run can. So
every page is measured in turns with the floor, and the median of the rounds is printed.
"""
