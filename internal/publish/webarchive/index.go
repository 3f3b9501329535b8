package webarchive

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp/internal/archive"
)

// entry is a line of a CDXJ index: where in which WARC file the answer of an address stands.
type entry struct {
	key  string // of the address, for sorting
	time string // fourteen digits
	body cdxBody
}

// cdxBody is the JSON of a line (CDXJ as pywb and wabac.js read it).
type cdxBody struct {
	URL      string `json:"url"`
	Mime     string `json:"mime"`
	Status   string `json:"status"`
	Digest   string `json:"digest,omitempty"`
	Length   string `json:"length"`
	Offset   string `json:"offset"`
	Filename string `json:"filename"`
}

// index goes through a part's records: what it has, what it refers to, and the lines of the index.
func (p *part) index() error {
	var body cdxBody
	var listed bool
	return archive.Records(p.file, func(r archive.Record) error {
		listed = true
		body = cdxBody{URL: r.TargetURI, Digest: r.Head.Get("WARC-Payload-Digest"), Filename: p.name}
		switch r.Type {
		case archive.TypeResponse, archive.TypeRevisit:
			m, err := r.Answer()
			if err != nil {
				return err
			}
			body.Status = strconv.Itoa(m.Status)
			body.Mime = mediaType(m.Header.Get("Content-Type"))
			if r.Type == archive.TypeRevisit {
				body.Mime = "warc/revisit"
			}
		case archive.TypeResource:
			body.Status, body.Mime = "200", mediaType(r.Head.Get("Content-Type"))
		default:
			listed = false
		}
		return nil
	}, func(r archive.Record) error {
		if r.Type == archive.TypeRevisit {
			if at, err := time.Parse(time.RFC3339, r.Head.Get("WARC-Refers-To-Date")); err == nil {
				p.refs = append(p.refs, reference{r.Head.Get("WARC-Refers-To-Target-URI"), at.UnixMicro()})
			}
		}
		if r.Type == archive.TypeResponse {
			p.has = append(p.has, reference{r.TargetURI, r.Date.UnixMicro()})
		}
		if listed {
			body.Offset, body.Length = strconv.FormatInt(r.Offset, 10), strconv.FormatInt(r.Packed, 10)
			p.cdx = append(p.cdx, entry{sortKey(r.TargetURI), r.Date.UTC().Format("20060102150405"), body})
		}
		return nil
	})
}

func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	if s = strings.ToLower(strings.TrimSpace(s)); s == "" {
		return "unk"
	}
	return s
}

// line writes an entry.
func (e entry) line() ([]byte, error) {
	b, err := json.Marshal(e.body)
	if err != nil {
		return nil, err
	}
	return append([]byte(e.key+" "+e.time+" "), append(b, '\n')...), nil
}

var www = regexp.MustCompile(`^www\d*\.`)

// sortKey is an address with its host turned round, so that what belongs together sorts together (SURT), made canonical
// as the Internet Archive's tools do: lower case, without "www.", the query's parts in order.
func sortKey(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return strings.ToLower(strings.ReplaceAll(address, " ", "%20"))
	}
	host := www.ReplaceAllString(strings.ToLower(u.Hostname()), "")
	parts := strings.Split(host, ".")
	if !strings.ContainsFunc(host, func(r rune) bool { return r != '.' && (r < '0' || r > '9') }) || strings.Contains(host, ":") {
		parts = []string{host} // a number is not turned round
	}
	slices.Reverse(parts)
	key := strings.Join(parts, ",")
	if port := u.Port(); port != "" {
		key += ":" + port
	}
	key += ")" + strings.ToLower(u.EscapedPath())
	if u.RawQuery != "" {
		q := strings.Split(strings.ToLower(u.RawQuery), "&")
		slices.Sort(q)
		key += "?" + strings.Join(q, "&")
	}
	return strings.ReplaceAll(key, " ", "%20")
}
