package read

import (
	"bytes"
	"context"
	"errors"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive/mail"
	"contrechamp.org/contrechamp/internal/read/flow"
	"contrechamp.org/contrechamp/internal/read/office"
)

// readMail reads a message: its subject as the title, who wrote to whom and when, and the text. What it quotes of
// earlier messages, and the signature, are furniture. Attachments are captures of their own.
func readMail(ctx context.Context, src Source) (*page, error) {
	parse := mail.Parse
	if bytes.HasPrefix(src.Bytes, []byte(compoundHead)) {
		parse = mail.ParseMSG
	}
	m, err := parse(src.Bytes)
	if err != nil {
		var sentence mail.Refusal
		if errors.As(err, &sentence) {
			return nil, reason(sentence)
		}
		return nil, err
	}
	d := flow.Document{Title: m.Subject, Author: m.From, Notes: m.Notes}
	if !m.Date.IsZero() {
		d.Published = contrechamp.DateOf(m.Date)
	}
	d.Add(contrechamp.RoleTitle, m.Subject)
	for _, f := range []struct{ name, value string }{{"From", m.From}, {"To", m.To}, {"Cc", m.Cc}} {
		if f.value != "" {
			d.Add(contrechamp.RoleMeta, f.name+": "+f.value)
		}
	}
	if !m.Date.IsZero() {
		d.Add(contrechamp.RoleMeta, "Date: "+m.Date.Format("2006-01-02 15:04 -0700"))
	}
	var names []string
	for _, a := range m.Attachments {
		names = append(names, flow.Clean(a.Name))
	}
	if len(names) > 0 {
		d.Note("the message came with %s, each a document of its own: %s", flow.Count(len(names), "file"), clip(strings.Join(names, ", "), 500))
	}
	if err := capsuleMail(ctx, &m, &d); err != nil {
		return nil, err
	}
	// a text that only says "look at the HTML" is much shorter than the HTML's
	const shortText, muchLonger = 200, 20
	read := decode([]byte(m.Text), "")
	d.Notes = append(d.Notes, read.notes...)
	text := strings.TrimSpace(read.text)
	if text == "" && m.HTML != "" || len(text) < shortText && len(m.HTML) > muchLonger*len(text) && m.HTML != "" {
		if p, err := htmlMail(ctx, m, d, src); err == nil || ctx.Err() != nil {
			return p, err
		}
		d.Note("the message's HTML could not be read, only its text")
	}
	mailText(&d, text)
	p := paged(d, src)
	p.published = publishedMail(d, p.published)
	return p, nil
}

// capsuleMail reads a message that is only there as RTF: the HTML or text of which a mail program made it, or else the RTF.
func capsuleMail(ctx context.Context, m *mail.Message, d *flow.Document) error {
	if len(m.RTF) == 0 {
		return nil
	}
	var err error
	switch office.CapsuleOf(m.RTF) {
	case office.HTMLCapsule:
		m.HTML, err = office.Uncapsule(ctx, m.RTF)
	case office.TextCapsule:
		m.Text, err = office.Uncapsule(ctx, m.RTF)
	default:
		var body flow.Document
		if body, err = office.RTF(ctx, m.RTF); err == nil {
			d.Blocks = append(d.Blocks, body.Blocks...)
			d.Notes = append(d.Notes, body.Notes...)
		}
	}
	var sentence flow.Refusal
	if errors.As(err, &sentence) {
		d.Note("the message's text, which is only there as RTF, could not be read: %s", sentence)
		return nil
	}
	return err
}

// publishedMail prefers the message's own date to a date line in it.
func publishedMail(d flow.Document, found contrechamp.Published) contrechamp.Published {
	if !d.Published.IsZero() {
		return contrechamp.Published{Date: d.Published, From: "meta"}
	}
	return found
}

// htmlMail reads a message's HTML and puts its head before.
func htmlMail(ctx context.Context, m mail.Message, d flow.Document, src Source) (*page, error) {
	body, err := readMarkup(ctx, Source{Bytes: []byte(m.HTML), MediaType: "text/html", Name: src.Name, Now: src.Now}, true)
	if err != nil {
		return nil, err
	}
	p := paged(d, src)
	p.published = publishedMail(d, p.published)
	p.notes = append(p.notes, body.notes...)
	if len(body.paragraphs) == 0 {
		return p, nil
	}
	if len(p.body) > 0 {
		p.body += "\n\n"
	}
	shift := len(p.body)
	p.body += body.body
	for _, q := range body.paragraphs {
		q.Start, q.End = q.Start+shift, q.End+shift
		p.paragraphs = append(p.paragraphs, q)
	}
	return p, nil
}

// Widths of lines that a mail program broke, in bytes.
const brokenLine = 55

// mailText cuts the text of a message into paragraphs. A line that ends near the width at which mail programs break
// lines goes on in the next one.
func mailText(d *flow.Document, text string) {
	var open []string
	role := contrechamp.RoleBody
	flush := func() {
		if len(open) > 0 {
			d.Add(role, strings.Join(open, " "))
		}
		open = open[:0]
	}
	signature := false
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, l := range lines {
		trimmed := strings.TrimSpace(l)
		this := contrechamp.RoleBody
		switch {
		case l == "-- " || l == "--" && i+12 > len(lines):
			signature = true
		case strings.HasPrefix(trimmed, ">"):
			this = contrechamp.RoleFurniture
		case strings.HasSuffix(trimmed, ":") && i+1 < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[min(i+2, len(lines)-1)]+lines[i+1]), ">"):
			this = contrechamp.RoleFurniture // "On Monday, somebody wrote:"
		case bulleted(trimmed):
			this = contrechamp.RoleItem
		}
		if signature {
			this = contrechamp.RoleFurniture
		}
		goesOn := len(open) > 0 && len(strings.TrimSpace(open[len(open)-1])) >= brokenLine && this != contrechamp.RoleItem
		if trimmed == "" || this != role && !(role == contrechamp.RoleItem && this == contrechamp.RoleBody && goesOn) || !goesOn {
			flush()
			role = this
		}
		if trimmed != "" {
			open = append(open, trimmed)
		}
	}
	flush()
}
