# One worker and four make the same archive.
sources=("$MORGUE_DATA/press.jsonl" "$MORGUE_DATA/folder")
morgue-index --quiet --archive one --jobs 1 "${sources[@]}"
morgue-index --quiet --archive four --jobs 4 "${sources[@]}"
morgue-index --archive one --dump | sort >one.jsonl
morgue-index --archive four --dump | sort >four.jsonl
wc -l <one.jsonl
diff one.jsonl four.jsonl
