# ninjs and JSON Feed; e-mail with encoded words, parts and codings.
cd "$MORGUE_DATA"/formats || exit
for file in ninjs.json ninjs3.jsonl feed.json letters.mbox; do
    morgue-index --quiet --dump-articles $file | jq -c 'del(.path, .member, .offset, .length, .digest)'
done
head -c 200 ninjs.json | morgue-index --quiet --dump-articles -
head -c 800 letters.mbox | morgue-index --quiet --dump-articles - |
    jq -c '[.title, .body]'
