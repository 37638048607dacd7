#!/usr/bin/env python3
"""client.py ARCHIVE QUERY...: what is found, through morgue-search --serve."""
import json
import subprocess
import sys


class Searcher:
    def __init__(self, archive):
        self.process = subprocess.Popen(
            ["morgue-search", "--archive", archive, "--serve"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            encoding="utf-8")

    def ask(self, request, **options):
        print(json.dumps({"request": request, **options}), flush=True,
              file=self.process.stdin)
        return json.loads(self.process.stdout.readline())


searcher = Searcher(sys.argv[1])
for query in sys.argv[2:]:
    answer = searcher.ask("search", query=query, limit=3)
    if "error" in answer:
        print(f"{query}: {answer['error']['message']}")
        continue
    print(f"{query}: {answer['total']['value']}")
    for hit in answer["hits"]:
        print(f"  {(hit['date'] or '')[:10]} {hit['title']}")
