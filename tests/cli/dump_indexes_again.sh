# What --dump prints makes the same archive again.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
morgue-index --archive press --dump >dump.jsonl
morgue-index --quiet --archive again dump.jsonl
morgue-index --archive again --dump | diff dump.jsonl - && echo same
morgue-search --archive again --count '"nord stream"'
