# --dry-run says what would be done, article by article if asked to, and does
# nothing.
cp "$MORGUE_DATA/mixed.jsonl" .
morgue-index --archive press --dry-run --verbose mixed.jsonl
echo "exit $?"
ls
