# tar, zip, zstd, xz and bzip2 around any format, within each other up to
# three deep; nothing is written; a bomb is recognised.
cp "$MORGUE_DATA"/formats/{page.html,nitf.xml,iptc7901.txt} .
cp "$MORGUE_DATA"/press.jsonl .
mkdir in
cp page.html in
echo hidden >in/.hidden
printf '\0\1\2\3\0' >in/binary
python3 - <<'PYTHON'
import bz2, io, lzma, tarfile, zipfile
with tarfile.open('a.tar', 'w') as t:
    t.add('in')
    t.add('nitf.xml', arcname='../../outside.xml')
    t.add('iptc7901.txt', arcname='/tmp/absolute.txt')
with zipfile.ZipFile('b.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    z.write('press.jsonl')
    z.write('a.tar')
    z.writestr('bomb.txt', b'bomb ' * 14000000)
open('c.zip.xz', 'wb').write(lzma.compress(open('b.zip', 'rb').read()))
with zipfile.ZipFile('d.zip', 'w') as z:
    z.write('c.zip.xz')
open('e.jsonl.bz2', 'wb').write(bz2.compress(open('press.jsonl', 'rb').read()))
open('f.tar', 'wb').write(open('a.tar', 'rb').read()[:3000])
PYTHON
base64 -d >encrypted.zip <<BASE64
UEsDBAoACQAAACw+d13oAi6pFQAAAAkAAAAFAAAAYi50eHQObiE4vsdPOm9GRgtdLNRQEN
bmaAZQSwcI6AIuqRUAAAAJAAAAUEsBAh4DCgAJAAAALD53XegCLqkVAAAACQAAAAUAAAAA
AAAAAQAAAKSBAAAAAGIudHh0UEsFBgAAAAABAAEAMwAAAEgAAAAAAA==
BASE64
for file in a.tar b.zip d.zip e.jsonl.bz2 f.tar encrypted.zip; do
    morgue-index --quiet --dump-articles $file | jq -r .path | sort | uniq -c
    echo "$file: ${PIPESTATUS[0]}"
done
ls
