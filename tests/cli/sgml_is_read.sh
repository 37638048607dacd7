# Reuters-21578 and TREC: bare ampersands, control characters, stories of a
# title only and without title tags, a record that is cut off.
cat >reut.sgm <<'SGML'
<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" NEWID="1">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TOPICS><D>bridges</D></TOPICS><PLACES><D>usa</D><D>uk</D></PLACES>
<TEXT>&#2;
<TITLE>SMITH & CO &lt;SMC> OPENS BRIDGE</TITLE>
<AUTHOR>    By Ann Lee, Reuters</AUTHOR><DATELINE>    HARBOUR, Feb 26 - </DATELINE><BODY>The bridge is open, AT&amp;T said.
    Ferries are back.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS NEWID="2"><DATE>31-FEB-1987 15:01:01.79</DATE>
<TEXT TYPE="BRIEF"><TITLE>ONLY A TITLE</TITLE></TEXT>
</REUTERS>
<REUTERS NEWID="3"><TEXT TYPE="UNPROC">&#2;
 FIRST LINE

 and the rest</TEXT>
</REUTERS>
<REUTERS NEWID="4"><TEXT TYPE="BRIEF">
</TEXT></REUTERS>
<REUTERS NEWID="5"><TEXT><TITLE>CUT
SGML
cat >trec.sgml <<'SGML'
<DOC>
<DOCNO> HP-1 </DOCNO>
<DATE_TIME> 02/07/2022 10:36:00 </DATE_TIME>
<HEADLINE> Bridge reopens </HEADLINE>
<TEXT>
<b_x type="LOCATION">HARBOUR<e_x> (HP) _ The bridge is open.
</TEXT>
</DOC>
<DOC>
<DOCNO>HP911-2</DOCNO>
<DATE>910514
</DATE>
<HEADLINE>Dated by six digits</HEADLINE>
<BYLINE>   By ANN LEE</BYLINE>
</DOC>
<DOC>
<DOCNO> HP010189-0001 </DOCNO>
<DATE>
<P>
January 1, 1989, Sunday, Home Edition
</P>
</DATE>
<HEADLINE>
<P>
Dated at length
</P>
</HEADLINE>
</DOC>
SGML
for file in reut.sgm trec.sgml; do
    morgue-index --dump-articles $file | jq -c 'del(.path, .member, .offset, .length, .digest)'
done
