"""A valid feed of each kind, for tests to put a fault into."""

RSS_URL = "https://gazette.example/feed.xml"
RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:fh="http://purl.org/syndication/history/1.0">
<channel>
<title>Gazette &#x26; Herald</title>
<link>https://gazette.example/</link>
<description>News from Saltmere.</description>
<language>en</language>
<lastBuildDate>Mon, 19 Jun 2023 18:30:00 +0200</lastBuildDate>
<generator>a hand</generator>
<docs>https://www.rssboard.org/rss-specification</docs>
<ttl>60</ttl>
<image><url>https://gazette.example/logo.png</url><title>Gazette &#x26; Herald</title>\
<link>https://gazette.example/</link><width>144</width></image>
<atom:link rel="self" type="application/rss+xml" href="https://gazette.example/feed.xml"/>
<atom:link rel="prev-archive" href="https://gazette.example/2022/feed.xml"/>
<item>
<title>The mole &#x26; the sea</title>
<link>https://gazette.example/2023/06/19/mole.html</link>
<guid isPermaLink="false">urn:uuid:7d0c5e6c-0000-4000-8000-000000000001</guid>
<pubDate>Mon, 19 Jun 2023 18:30:00 +0200</pubDate>
<atom:updated>2023-06-20T08:00:00+02:00</atom:updated>
<dc:creator>Ida Holm</dc:creator>
<dc:creator>Per Sund</dc:creator>
<category>Harbour</category>
<category domain="https://gazette.example/tags/">Harbour</category>
<enclosure url="https://gazette.example/mole.mp3" length="2048" type="audio/mpeg"/>
<description>The first paragraph.</description>
<content:encoded><![CDATA[<p>The <a href="https://gazette.example/a.html">first</a>.</p>\
<img src="https://gazette.example/a.png" srcset="https://gazette.example/b.png 2x">]]>\
</content:encoded>
</item>
<item>
<title>The ferry</title>
<link>https://gazette.example/2023/06/18/ferry.html</link>
<guid isPermaLink="true">https://gazette.example/2023/06/18/ferry.html</guid>
<pubDate>Sun, 18 Jun 2023 10:00:00 GMT</pubDate>
<author>desk@gazette.example (Harbour desk)</author>
<description>Sails again.</description>
</item>
<item>
<title>Lost and found</title>
<link>https://gazette.example/undated/lost.html</link>
<guid isPermaLink="false">urn:uuid:7d0c5e6c-0000-4000-8000-000000000003</guid>
<description>A bell.</description>
</item>
</channel>
</rss>
"""

ATOM_URL = "https://gazette.example/atom.xml"
ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"
 xmlns:at="http://purl.org/atompub/tombstones/1.0"
 xmlns:fh="http://purl.org/syndication/history/1.0">
<id>urn:uuid:7d0c5e6c-0000-4000-8000-000000000000</id>
<title>Gazette &amp; Herald</title>
<subtitle>News from Saltmere.</subtitle>
<updated>2023-06-20T08:00:00+02:00</updated>
<author><name>Gazette</name><uri>https://gazette.example/</uri></author>
<generator uri="https://gazette.example/hand" version="1">a hand</generator>
<icon>https://gazette.example/icon.png</icon>
<link rel="self" type="application/atom+xml" href="https://gazette.example/atom.xml"/>
<link rel="alternate" type="text/html" href="https://gazette.example/"/>
<link rel="current" href="https://gazette.example/now.xml"/>
<link rel="prev-archive" href="https://gazette.example/2022/atom.xml"/>
<fh:archive/>
<at:deleted-entry ref="urn:uuid:7d0c5e6c-0000-4000-8000-000000000009" \
when="2023-06-20T08:00:00Z"><at:by><name>The desk</name></at:by>\
<at:comment>Withdrawn.</at:comment></at:deleted-entry>
<entry>
<id>urn:uuid:7d0c5e6c-0000-4000-8000-000000000001</id>
<title type="html">The &lt;em&gt;mole&lt;/em&gt;</title>
<updated>2023-06-20T08:00:00+02:00</updated>
<published>2023-06-19T18:30:00.5+02:00</published>
<author><name>Ida Holm</name><email>ida@gazette.example</email></author>
<author><name>Per Sund</name></author>
<category term="harbour" scheme="https://gazette.example/tags/" label="Harbour"/>
<link href="https://gazette.example/2023/06/19/مول.html"/>
<link rel="enclosure" href="https://gazette.example/mole.mp3" type="audio/mpeg" length="2048"/>
<summary>The first paragraph.</summary>
<content type="html">&lt;p&gt;The &lt;a href="https://gazette.example/a.html"&gt;first\
&lt;/a&gt;.&lt;/p&gt;</content>
</entry>
<entry>
<id>urn:uuid:7d0c5e6c-0000-4000-8000-000000000002</id>
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The <i>ferry</i></div></title>
<updated>2023-06-18T10:00:00Z</updated>
<summary type="text">Sails again.</summary>
<content type="application/pdf" src="https://gazette.example/ferry.pdf"/>
</entry>
<entry>
<id>urn:uuid:7d0c5e6c-0000-4000-8000-000000000003</id>
<title>Lost and found</title>
<updated>2023-06-17T10:00:00-00:30</updated>
<link rel="alternate" href="https://gazette.example/lost.html"/>
</entry>
</feed>
"""

JSON_FEED_URL = "https://gazette.example/feed.json"
JSON_FEED = """\
{
  "version": "https://jsonfeed.org/version/1.1",
  "title": "Gazette & Herald",
  "home_page_url": "https://gazette.example/",
  "feed_url": "https://gazette.example/feed.json",
  "next_url": "https://gazette.example/2022/feed.json",
  "description": "News from Saltmere.",
  "language": "en",
  "icon": "https://gazette.example/icon.png",
  "authors": [{"name": "Gazette"}],
  "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
  "_gazette": {"about": "https://gazette.example/about.html"},
  "items": [
    {
      "id": "urn:uuid:7d0c5e6c-0000-4000-8000-000000000001",
      "url": "https://gazette.example/2023/06/19/mole.html",
      "title": "The mole & the sea",
      "summary": "The first paragraph.",
      "content_html": "<p>The <a href='https://gazette.example/a.html'>first</a>.</p>",
      "image": "https://gazette.example/mole.png",
      "date_published": "2023-06-19T18:30:00+02:00",
      "date_modified": "2023-06-20T08:00:00+02:00",
      "authors": [{"name": "Ida Holm", "url": "https://gazette.example/authors/ida-holm/"}],
      "tags": ["Harbour", "C++"],
      "language": "en-GB",
      "attachments": [{"url": "https://gazette.example/mole.mp3", "mime_type": "audio/mpeg",
        "size_in_bytes": 2048, "duration_in_seconds": 12.5}]
    },
    {"id": "urn:uuid:7d0c5e6c-0000-4000-8000-000000000002", "content_text": "Sails again."}
  ]
}
"""

OPML = """\
<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>Feeds of the Gazette</title>
<dateCreated>Mon, 19 Jun 2023 18:30:00 GMT</dateCreated>
<ownerName>Gazette</ownerName>
<docs>https://opml.org/spec2.opml</docs>
</head>
<body>
<outline text="All articles" type="rss" xmlUrl="https://gazette.example/feed.xml" \
htmlUrl="https://gazette.example/" title="All articles" description="News" language="en" \
version="RSS2"/>
<outline text="Tags">
<outline text="Harbour" type="rss" xmlUrl="https://gazette.example/tags/harbour/feed.xml"/>
<outline text="Lists" type="include" url="https://gazette.example/lists.opml"/>
</outline>
</body>
</opml>
"""
