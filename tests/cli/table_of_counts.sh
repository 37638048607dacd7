# --queries FILE --matrix WHAT: a row a query, a column a period or a value.
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl"
export MORGUE_ARCHIVE=press
printf 'gas\nwar\trussia OR ukraine\r\n\nzeppelin\n=1+1, "x"\tsanctions' >queries.txt
morgue-search --queries queries.txt --matrix year
echo "== by month, without gaps; each row adds up"
morgue-search --queries - --matrix month --since 2022-01 --until 2022-09 <queries.txt >table
head -n 1 table
/usr/bin/python3 -c '
import csv
rows = list(csv.reader(open("table", newline="")))
print(all(int(r[1]) == sum(map(int, r[2:])) for r in rows[1:]), [r[1] for r in rows[1:]])'
for query in gas 'russia OR ukraine' zeppelin sanctions; do
    morgue-search --count --since 2022-01 --until 2022-09 "$query"
done
morgue-search --queries queries.txt --matrix day >days
/usr/bin/python3 -c '
import csv, datetime
days = [datetime.date.fromisoformat(d) for d in next(csv.reader(open("days")))[2:-1]]
print(len(days), "days,", {(b - a).days for a, b in zip(days, days[1:])}, "apart")'
echo "== by source"
morgue-search --queries queries.txt --matrix source --format tsv --spreadsheet
echo "== a query that is refused"
printf 'gas\n(oil\n' | morgue-search --queries - --matrix year 2>&1
echo "exit $?"
printf 'zeppelin\n' | morgue-search --queries - --matrix day
echo "exit $?"
echo "== refused"
morgue-search --matrix year gas 2>&1
morgue-search --queries queries.txt --matrix year --format json 2>&1
morgue-search --queries nowhere --matrix year 2>&1
morgue-search --queries queries.txt --matrix year --count 2>&1
echo "exit $?"
