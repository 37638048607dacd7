filedesc://x 0.0.0.0 20080430204825 text/plain 2
x

http://a/ 1.1.1.1 20080430204825 text/html 1584
HTTP/1.1 200 OK
Content-Type: text/html
Transfer-Encoding: chunked

5dc
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Harbour bridge reopens after storm | Harbour Post</title>
<link rel="canonical" href="https://post.example/2022/02/07/bridge">
<meta property="og:site_name" content="Harbour Post">
<meta property="og:title" content="Bridge reopens &amp; traffic returns">
<meta property="article:section" content="City">
<meta property="article:published_time" content="2022-02-01T00:00:00Z">
<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
 {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
 {"@type": "NewsArticle", "headline": "Harbour bridge reopens after storm",
  "datePublished": "2022-02-07T18:45:00+01:00",
  "author": [{"@id": "#ann"}, {"@type": "Person", "name": "Bo Ek"}],
  "keywords": ["bridges", "storms"]}]}
</script>
</head>
<body>
<nav><ul><li><a href="/">Home</a><li><a href="/city">City</a></ul></nav>
<div class="cookie-banner"><p>We use cookies to improve this site, to show you
advertisements that suit you, and to remember what you read. Do you agree?</p></div>
<main>
<h1>Harbour bridge reopens after storm</h1>
<div class="article-body">
<p>The bridge across the harbour was opened again on Monday, four days after a
storm had torn cables from its northern tower, the port authority said.</p>
<figure><img src="b.jpg"><figcaption>The bridge on Sunday, seen from the old pier, in a photo of this paper.</figcaption></figure>
<p>Engineers had replaced <a href="/cables">two of the ei
0


