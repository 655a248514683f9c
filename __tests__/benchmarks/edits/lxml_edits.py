"""One long process that edits a home again and again with lxml: EDITS.json HOME OUT SECONDS diff|no-diff.

Each file is parsed, edited by XPath, serialised, parsed again to see that every value is there, and compared line by line.
Writes the files of the first time into OUT, and prints how many homes it made, and the CPU time, once it was warm.
"""

import difflib
import json
import os
import sys
import time

from lxml import etree

FILES = json.load(open(sys.argv[1], encoding="utf-8"))
HOME, OUT, SECONDS = sys.argv[2], sys.argv[3], float(sys.argv[4])
WITH_DIFF = sys.argv[5] == "diff"


def edit_file(file):
    with open(os.path.join(HOME, file["path"]), "rb") as stream:
        before = stream.read()
    tree = etree.fromstring(before).getroottree()
    namespaces = {"c": file["namespace"]} if file["namespace"] else {}
    for edit in file["edits"]:
        (target,) = tree.xpath(edit["xpath"], namespaces=namespaces)
        if edit["kind"] == "text":
            target.text = edit["value"]
        elif edit["kind"] == "attribute":
            target.set(edit["name"], edit["value"])
        else:
            namespace = "{%s}" % file["namespace"] if file["namespace"] else ""
            added = etree.Element(namespace + edit["name"])
            added.text = edit["value"]
            added.tail = target.tail
            target.addnext(added)
    after = etree.tostring(tree, encoding=tree.docinfo.encoding, xml_declaration=before.startswith(b"<?xml"))
    verify(file, etree.fromstring(after).getroottree(), namespaces)
    if WITH_DIFF:
        lines = [text.decode("latin-1").splitlines(keepends=True) for text in (before, after)]
        "".join(difflib.unified_diff(lines[0], lines[1], "a/" + file["path"], "b/" + file["path"]))
    return after


def verify(file, tree, namespaces):
    for edit in file["edits"]:
        found = tree.xpath(edit["result"], namespaces=namespaces)
        if [str(one) if edit["kind"] == "attribute" else one.text for one in found] != [edit["value"]]:
            raise ValueError(edit["result"] + " is not as wanted")


def homes_in(seconds):
    start = time.process_time()
    homes = 0
    while True:
        for file in FILES:
            edit_file(file)
        homes += 1
        spent = time.process_time() - start
        if spent >= seconds:
            return {"homes": homes, "cpuSeconds": spent}


for wanted in FILES:
    place = os.path.join(OUT, wanted["path"])
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "wb") as result:
        result.write(edit_file(wanted))
homes_in(SECONDS / 2)
print(json.dumps(homes_in(SECONDS)))
