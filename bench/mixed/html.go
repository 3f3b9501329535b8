package mixed

import (
	"fmt"
	"html"
	"strings"
)

// article is a page of a newspaper: 3 to 60 KB, of which the article is the smaller part.
func article(p *prose) []byte {
	var b strings.Builder
	title, site, author := html.EscapeString(p.title()), p.name()+" "+p.name(), p.name()+" "+p.name()
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=%q>\n<head>\n<meta charset=\"utf-8\">\n<title>%s | %s</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n", p.language, title, site)
	fmt.Fprintf(&b, "<meta property=\"og:type\" content=\"article\">\n<meta property=\"og:title\" content=\"%s\">\n<meta property=\"og:site_name\" content=\"%s\">\n<meta property=\"article:published_time\" content=\"%sT06:30:00+02:00\">\n", title, site, p.date)
	if p.IntN(2) == 0 {
		fmt.Fprintf(&b, "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":%q,\"datePublished\":\"%sT06:30:00+02:00\",\"author\":{\"@type\":\"Person\",\"name\":%q},\"publisher\":{\"@type\":\"Organization\",\"name\":%q}}</script>\n", title, p.date, author, site)
	}
	heavy := p.between(0, 12)
	p.style(&b, 4*heavy)
	b.WriteString("</head>\n<body class=\"article page\">\n")
	p.menu(&b, 8+2*heavy)
	fmt.Fprintf(&b, "<main id=\"content\"><article class=\"post\" itemscope itemtype=\"https://schema.org/NewsArticle\">\n<h1 class=\"post__title\">%s</h1>\n<p class=\"post__meta\"><span class=\"author\">%s</span> <time datetime=\"%sT06:30\">%s</time></p>\n", title, author, p.date, p.date)
	for i := range p.between(4, 45) {
		switch {
		case i > 0 && i%6 == 0:
			fmt.Fprintf(&b, "<h2 class=\"post__heading\">%s</h2>\n", html.EscapeString(p.title()))
		case i%7 == 4:
			fmt.Fprintf(&b, "<figure class=\"image\"><img src=\"/media/%d.jpg\" alt=\"%s\" loading=\"lazy\" width=\"1200\" height=\"800\"><figcaption>%s</figcaption></figure>\n", p.IntN(1e6), html.EscapeString(p.fill("name")), html.EscapeString(p.fill("name")+" / "+site))
		case i%9 == 5:
			fmt.Fprintf(&b, "<aside class=\"related\"><strong>%s</strong> <a href=\"/article/%d\">%s</a></aside>\n", p.fill("aside"), p.IntN(1e6), html.EscapeString(p.title()))
		}
		text := html.EscapeString(p.paragraph())
		if p.IntN(5) == 0 {
			first, rest, _ := strings.Cut(text, " ")
			text = fmt.Sprintf("<a href=\"https://example.org/%d\" rel=\"noopener\">%s</a> %s", p.IntN(1e6), first, rest)
		}
		fmt.Fprintf(&b, "<p class=\"post__p\">%s</p>\n", text)
	}
	b.WriteString("</article>\n")
	for range p.between(0, 8) {
		fmt.Fprintf(&b, "<div class=\"comment\" id=\"c%d\"><b>%s</b> <span>%s</span><p>%s</p><button type=\"button\">+1</button></div>\n", p.IntN(1e6), strings.ToLower(p.name()), p.date, html.EscapeString(p.fill("other")))
	}
	b.WriteString("</main>\n<aside class=\"sidebar\">\n")
	for range 1 + heavy/4 {
		fmt.Fprintf(&b, "<section><h3>%s</h3><ul>\n", p.fill("aside"))
		for range 5 + p.IntN(6) {
			fmt.Fprintf(&b, "<li class=\"teaser\"><a href=\"/article/%d\"><img src=\"/thumb/%d.webp\" alt=\"\" width=\"96\" height=\"64\"><span>%s</span></a></li>\n", p.IntN(1e6), p.IntN(1e6), html.EscapeString(p.title()))
		}
		b.WriteString("</ul></section>\n")
	}
	b.WriteString("</aside>\n<footer>\n")
	p.menu(&b, 10+heavy)
	fmt.Fprintf(&b, "<p>© %s %s</p></footer>\n", p.date[:4], site)
	p.script(&b, 3*heavy)
	b.WriteString("</body>\n</html>\n")
	return []byte(b.String())
}

func (p *prose) menu(b *strings.Builder, n int) {
	b.WriteString("<nav class=\"nav\" aria-label=\"menu\"><ul class=\"nav__list\">\n")
	for range n {
		fmt.Fprintf(b, "<li class=\"nav__item\"><a class=\"nav__link\" href=\"/%d/\">%s</a></li>\n", p.IntN(1e4), p.fill("menu"))
	}
	b.WriteString("</ul></nav>\n")
}

func (p *prose) style(b *strings.Builder, rules int) {
	b.WriteString("<style>\n")
	for range rules {
		fmt.Fprintf(b, ".%s__%s{display:flex;margin:0 auto %dpx;padding:%drem 0;color:#%06x;font:%dpx/1.4 sans-serif}\n", strings.ToLower(p.name()), strings.ToLower(p.name()), p.IntN(40), p.IntN(4), p.IntN(1<<24), 10+p.IntN(20))
	}
	b.WriteString("</style>\n")
}

func (p *prose) script(b *strings.Builder, lines int) {
	b.WriteString("<script>\n")
	for range lines {
		fmt.Fprintf(b, "window.%s=window.%s||[];if(document.querySelector('.%s')<%d){%s.push({id:%d,slot:'/%d/%s'});}\n", p.name()[:3], p.name()[:3], strings.ToLower(p.name()), p.IntN(100), p.name()[:3], p.IntN(1e6), p.IntN(1e6), p.name())
	}
	b.WriteString("</script>\n")
}
