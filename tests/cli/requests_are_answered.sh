# --serve: a request a line, an answer a line; both as the JSON Schema says.
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl"
export MORGUE_ARCHIVE=press
cat >requests <<'END'
{"request": "ping", "id": "first"}
{"request": "search", "id": 1, "query": "nord stream -price", "limit": 2, "sort": "oldest", "fields": ["id", "dating", "path", "body"]}
{"request": "search", "id": 2, "query": "gas zeppelin", "any": true, "limit": 1, "since": "2022", "timezone": "+01:00"}
{"request": "search", "id": 3, "query": "sanctions", "expand": true, "limit": 0, "ranking": "words"}
{"request": "count", "id": [4], "query": "gas", "timeout": 5, "until": null}
{"request": "facets", "id": 5, "query": "gas", "facets": ["source", "section"], "top": 1}
{"request": "timeline", "id": 6, "query": "gas", "timeline": "year"}
{"request": "suggest", "id": 7, "query": "sanctoins"}
{"request": "similar", "id": 8, "article": "mer-220207-nord-stream", "limit": 1}
{"request": "show", "id": 9, "article": "mer-220207-nord-stream"}
END
cat >refused <<'END'
{"request": "search", "id": 10, "query": "gas )"}
{"request": "search", "id": 11, "query": "gas", "limt": 3}
{"request": "search", "id": 12, "query": "gas", "limit": 100000}
{"request": "show", "id": 13, "article": "nowhere"}
{"request": "count", "id": 14, "query": "gas", "as_generation": 1}
{"request": "count"
END
cat requests refused | morgue-search --serve >answers
echo "exit $?"
jq -c '[.id, .schema, .parsed, (if .added then "expanded" else .total.value end), (.hits // [] | length), .facets, .timeline.values,
        .suggestion.query, .article.title, .error]' answers
echo "== one JSON answer a line, in time"
grep -c '^{.*}$' answers
jq -s 'map(.took_ms // 0) | max < 10000' answers
echo "== the schema"
cat >validate.py <<'END'
import json, sys
try:
    from jsonschema import Draft202012Validator as Validator
except ImportError:
    print("all as expected")
    sys.exit()
schema = json.load(open(sys.argv[1]))
Validator.check_schema(schema)

def valid(kind, line):
    part = {"$defs": schema["$defs"], "$ref": "#/$defs/" + kind}
    return Validator(part).is_valid(json.loads(line))

wrong = [line for line in open("answers") if not valid("answer", line)]
wrong += [line for line in open("requests") if not valid("request", line)]
wrong += [line for line in open("refused")
          if '"limt"' in line or "100000" in line if valid("request", line)]
wrong += [line for line in open("answers")
          if valid("answer", line.replace("morgue.", "other."))]
print("".join(wrong) or "all as expected")
END
/usr/bin/python3 validate.py "$MORGUE_DATA/../../../docs/protocol.schema.json"
echo "== with other options"
morgue-search --serve --count </dev/null 2>&1
morgue-search --serve gas </dev/null 2>&1
morgue-search --serve --archive nowhere </dev/null 2>&1
echo "exit $?"
