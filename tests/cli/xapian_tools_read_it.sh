# quest, xapian-delve and python3-xapian open an archive as it is.
for tool in quest xapian-delve; do
    command -v $tool >/dev/null || { echo "no $tool here"; exit 77; }
done
/usr/bin/python3 -c 'import xapian' 2>/dev/null ||
    { echo "no python3-xapian here"; exit 77; }
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
xapian-delve press | grep -i 'number of documents'
quest --db=press --stemmer=english 'nord stream' | grep -c 'Nord Stream'
/usr/bin/python3 - <<'PYTHON'
import json, xapian
db = xapian.Database("press")
parser = xapian.QueryParser()
parser.set_stemmer(xapian.Stem("en"))
parser.add_prefix("title", "S")
enquire = xapian.Enquire(db)
for text in "sanctions ukraine", "title:gas":
    parser.set_default_op(xapian.Query.OP_AND)
    enquire.set_query(parser.parse_query(text))
    titles = [json.loads(hit.document.get_data())["title"]
              for hit in enquire.get_mset(0, 10)]
    print(sorted(titles))
PYTHON
