"""Sentences about the device traffic of a call."""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, Template, sentences


def _counted(one: str, other: str) -> Template:
    return Template(other=other, one=one, count_by="count")


TRAFFIC: Catalogue = {
    "traffic.synchronise": _counted(
        "Your code waits for the device {{count}} time, by `{{name}}` in line {{line}}: the device "
        "has to finish everything first, and then stands idle. Find out what this value is needed "
        "for, and whether it can stay a tensor.",
        "Your code waits for the device {{count}} times, by `{{name}}` in line {{line}}: each time "
        "the device has to finish everything first, and then stands idle. Find out what this value "
        "is needed for, and whether it can stay a tensor.",
    ),
    "traffic.synchronise_nowhere": _counted(
        "Your code waits for the device {{count}} time, by `{{name}}`: the device has to finish "
        "everything first, and then stands idle. Find out what this value is needed for, and "
        "whether it can stay a tensor.",
        "Your code waits for the device {{count}} times, by `{{name}}`: each time the device has "
        "to finish everything first, and then stands idle. Find out what this value is needed for, "
        "and whether it can stay a tensor.",
    ),
    "traffic.to_host": _counted(
        "Your code brings data from the device to the host {{count}} time, by `{{name}}` in line "
        "{{line}}: the device has to finish everything first, and the way is slow. Look for what "
        "ties this step to the host, and see whether tensors on the device can do it.",
        "Your code brings data from the device to the host {{count}} times, by `{{name}}` in line "
        "{{line}}: each time the device has to finish everything first, and the way is slow. Look "
        "for what ties this step to the host, and see whether tensors on the device can do it.",
    ),
    "traffic.to_host_nowhere": _counted(
        "Your code brings data from the device to the host {{count}} time, by `{{name}}`: the "
        "device has to finish everything first, and the way is slow. Look for what ties this step "
        "to the host, and see whether tensors on the device can do it.",
        "Your code brings data from the device to the host {{count}} times, by `{{name}}`: each "
        "time the device has to finish everything first, and the way is slow. Look for what ties "
        "this step to the host, and see whether tensors on the device can do it.",
    ),
    "traffic.to_device": _counted(
        "Your code sends data from the host to the device {{count}} time, by `{{name}}` in line "
        "{{line}}. The way is slow: look at where this tensor is made, and whether it has to be "
        "made on the host.",
        "Your code sends data from the host to the device {{count}} times, by `{{name}}` in line "
        "{{line}}. The way is slow: look at where this tensor is made, and whether it has to be "
        "made on the host.",
    ),
    "traffic.to_device_nowhere": _counted(
        "Your code sends data from the host to the device {{count}} time, by `{{name}}`. The way "
        "is slow: look at where this tensor is made, and whether it has to be made on the host.",
        "Your code sends data from the host to the device {{count}} times, by `{{name}}`. The way "
        "is slow: look at where this tensor is made, and whether it has to be made on the host.",
    ),
    "traffic.made": _counted(
        "Your code puts numbers of Python on the device {{count}} time, by `{{name}}` in line "
        "{{line}}, and waits until they are there. See whether torch can compute them there, or "
        "whether this can be done before the work begins.",
        "Your code puts numbers of Python on the device {{count}} times, by `{{name}}` in line "
        "{{line}}, and each time waits until they are there. See whether torch can compute them "
        "there, or whether this can be done before the work begins.",
    ),
    "traffic.made_nowhere": _counted(
        "Your code puts numbers of Python on the device {{count}} time, by `{{name}}`, and waits "
        "until they are there. See whether torch can compute them there, or whether this can be "
        "done before the work begins.",
        "Your code puts numbers of Python on the device {{count}} times, by `{{name}}`, and each "
        "time waits until they are there. See whether torch can compute them there, or whether "
        "this can be done before the work begins.",
    ),
    "traffic.each_step": _counted(
        "In {{steps}} steps your code waits for the device {{count}} time, by `{{name}}` in line "
        "{{line}}, and in fewer steps less often. Collect on the device what you want to know, and "
        "move it once, at the end.",
        "In {{steps}} steps your code waits for the device {{count}} times, by `{{name}}` in line "
        "{{line}}, and in fewer steps less often. Collect on the device what you want to know, and "
        "move it once, at the end.",
    ),
    "traffic.each_step_nowhere": _counted(
        "In {{steps}} steps your code waits for the device {{count}} time, by `{{name}}`, and in "
        "fewer steps less often. Collect on the device what you want to know, and move it once, at "
        "the end.",
        "In {{steps}} steps your code waits for the device {{count}} times, by `{{name}}`, and in "
        "fewer steps less often. Collect on the device what you want to know, and move it once, at "
        "the end.",
    ),
    "traffic.elsewhere": _counted(
        "{{count}} other line exchanges data with the device or waits for it, too: mend this one "
        "first, then grade again.",
        "{{count}} other lines exchange data with the device or wait for it, too: mend this one "
        "first, then grade again.",
    ),
    **sentences(
        {
            "traffic.loop": (
                "The larger the batch, the more operations your code starts: {{for_few}} for "
                "n = {{few}}, and {{for_many}} for n = {{many}}. Look at the loop in line "
                "{{line}}: a device wants few, large operations, so see how each step can treat "
                "the whole batch at once."
            ),
            "traffic.work": (
                "The larger the batch, the more operations your code starts: {{for_few}} for "
                "n = {{few}}, and {{for_many}} for n = {{many}}. Most of what is added comes from "
                "line {{line}}: a device wants few, large operations, so see how each step can "
                "treat the whole batch at once."
            ),
            "traffic.work_nowhere": (
                "The larger the batch, the more operations your code starts: {{for_few}} for "
                "n = {{few}}, and {{for_many}} for n = {{many}}. A device wants few, large "
                "operations: see how each step can treat the whole batch at once."
            ),
            "speed.slower": (
                "Your results are right, and take {{times}} times as long as those of another "
                "right answer, which was timed beside yours; {{allowed}} times are allowed. Look "
                "for many small operations that one large one could do, and for whatever makes "
                "the host wait."
            ),
            "device.by_availability": (
                "Line {{line}} takes a GPU if `torch.cuda` finds one, and else the CPU, but what "
                "the function is given is on `{{device}}` here. Take the device from that, "
                "whatever it is called."
            ),
            "device.named": (
                "Line {{line}} names a device, `{{name}}`, so your code works on that one alone. "
                "Take the device from what the function is given."
            ),
        }
    ),
}
