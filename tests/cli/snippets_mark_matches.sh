# Marks are byte ranges of the snippet's text, and cover just the words found.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
morgue-search --archive press --format json nord stream sanctions |
    /usr/bin/python3 -c '
import json, sys
words = set()
for hit in json.load(sys.stdin)["hits"]:
    for snippet in hit["snippets"]:
        text = snippet["text"].encode()
        for start, end in snippet["marks"]:
            words.update(text[start:end].decode().lower().split())
print(*sorted(words))'
