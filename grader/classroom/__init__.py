"""The rules of a class, ``class.yaml``: applied to what was judged, whenever it is read.

Pure, but for `reading.read_class`: no judge, no table and no database is known here. Amounts are
exact: percentages and points are decimals, and nothing is rounded before it is written.
"""
