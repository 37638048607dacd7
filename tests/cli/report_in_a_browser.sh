# A report as a browser reads it: nothing in it runs or is mended, and there is
# something to be seen. Skipped where there is no chromium.
command -v chromium >/dev/null || {
    echo "chromium is not here"
    exit 77
}
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
cat >bad.jsonl <<'END'
{"id":"bad","title":"<script>document.title='gotcha'</script>","url":"javascript:x","date":"2022-02-07","body":"gas <img src=x onerror=\"document.title='gotcha'\"> <svg onload=\"document.title='gotcha'\">"}
END
morgue-index --quiet --archive press bad.jsonl
morgue-search --archive press --html page.html gas
browse()
{
    timeout 60 chromium --headless --no-sandbox --disable-gpu \
        --user-data-dir="$PWD/browser" "$@" "file://$PWD/page.html" 2>/dev/null
}
browse --dump-dom >dom.html
grep -o '<title>gas.*</title>' dom.html
grep -c gotcha dom.html
"$MORGUE_DATA/check_page" page.html >before
sed '1s/<!DOCTYPE html><html/<!DOCTYPE html>\n<html/' dom.html >read.html
"$MORGUE_DATA/check_page" read.html >after
diff before after && echo "read as written"
browse --window-size=800,1000 --screenshot=page.png
python3 - <<'END'
import struct, zlib
png = open("page.png", "rb").read()
print(png[1:4].decode(), *struct.unpack(">II", png[16:24]))
print("something is seen" if len(png) > 10000 else "blank")
END
