"""Makes the answers of the corpus: what experts write, as their mail programs send it.

    python3 clients.py [--only PART] [--list]

Reads ../requests, writes ../answers. See ../README.md.
"""

import argparse
import datetime
import json
import os

import answers
import programs
import request


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--only", default="", help="makes only the answers whose name has this part")
    args.add_argument("--list", action="store_true", help="only writes ../answers.tsv, the list of all answers")
    args = args.parse_args()
    requests = {n: request.Request("request-" + n) for n in "ab"}
    folder = os.path.join(request.ROOT, "answers")
    os.makedirs(folder, exist_ok=True)
    table = answers.table()
    start = datetime.datetime(2024, 11, 9, 8, 41, 7, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    for i, answer in enumerate(table):
        asked = requests[answer.request]
        answer.at = start + datetime.timedelta(minutes=97 * i, seconds=13 * i)
        if args.list or args.only not in answer.name:
            continue
        base = os.path.join(folder, answer.name)
        with open(base + ".eml", "wb") as f:
            f.write(programs.render(asked, answer))
        with open(base + ".json", "w", encoding="utf-8") as f:
            json.dump(answer.expected(asked), f, ensure_ascii=False, indent=1)
            f.write("\n")
    with open(os.path.join(request.ROOT, "answers.tsv"), "w", encoding="utf-8") as f:
        f.write("name\tprogram\tmanner\trequest\tcharset\tclear\n")
        for a in table:
            f.write("\t".join([a.name, a.program, a.manner, a.request, programs.charset(a), "clear" if a.clear else "ask"]) + "\n")


if __name__ == "__main__":
    main()
