"""No module needs, by whatever way, one that needs it: nor by imports inside functions.

The contract in pyproject.toml says so of what is in one room; here it is said of all modules.
"""

from graphlib import TopologicalSorter

import grimp


def test_no_modules_import_each_other_in_a_circle():
    graph = grimp.build_graph("grader", exclude_type_checking_imports=True, cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imported) > 400
    assert list(TopologicalSorter(imported).static_order())  # CycleError names a circle
