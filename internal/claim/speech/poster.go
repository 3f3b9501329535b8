package speech

import (
	"regexp"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Forums and comments have a line over what somebody wrote: who, and when. "la_taupe_verte · 08:30", "Marcel B. – 11.09.2024 à 07:52", "carambar35   posté le
// 29/06/2023 à 08:14". The programme of a meeting has such lines too ("Table ronde – 09:30"), so that some must be as only people who write there are called, or set apart.

// poster is such a line: a name, what parts it from the rest, perhaps an office and a date with words for writing, and a time of day at the end.
var poster = regexp.MustCompile(`(?i)^(?:#\d{1,5}[.):]?\s+)?([\pL\pN@_][\pL\pN_.’' -]{0,40}?)(?:\s*\[[^\]]{1,20}\])?(\s*[·•|»]\s*|\s+[–—-]\s+|,\s+|\s+)` +
	`(?:[\pL ]{2,24}\s*[✔✓]?\s*[·•|–—-]\s*)?` + postedAt + `$`)

// postedOn is a line that says no more than when something was written, under a line with the name: "Posted: Sat 7 Jun 2025, 22:14", "#2 · 02.04.2023,
// 21:40".
var postedOn = regexp.MustCompile(`(?i)^(?:#\d{1,5}\s*[·•|–—:-]?\s*)?` + postedAt + `$`)

// postedAt is when something was written.
const postedAt = `(?:(?:posté|posted|publié|écrit|wrote|schrieb|geschrieben|verfasst|escribió|publicado|ha scritto|scritto|pubblicato|inviato|said|a dit|date|datum|fecha|data)\s*:?\s+)?` +
	`(?:(?:le|on|am|el|il|at|à|um|a las|alle|alle ore|on the)\s+)?` +
	`(?:(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|mié|mie|jeu|jue|gio|ven|vie|sam|sáb|sab|dim|dom|mo|di|mi|do|fr|sa|so)\pL{0,8}\.?,?\s+)?\d{1,2}[./ -](?:\d{1,2}|\pL{3,9})\.?(?:[./ -]\d{2,4})?,?\s*)?` +
	`(?:(?:à|at|um|a las|alle|alle ore|-|–)\s*)?` +
	`\(?\d{1,2}(?::|h|\.)\d{2}(?:\s?(?:uhr|h|am|pm|a\.m\.|p\.m\.))?\)?`

const (
	fewestPosters   = 3
	shortestPosting = 4 // tokens
)

// Posters answers the lines that name who wrote what stands below, nil where they are something else.
func (d *Doc) Posters() map[int]passage.Voice {
	const longest = 20 // tokens
	var lines map[int]passage.Voice
	told := false // that they are people's
	often := map[string]int{}
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		if p.End-p.First > longest || p.End-p.First < 2 || i+1 >= len(d.Paragraphs) || d.Paragraphs[i+1].End-d.Paragraphs[i+1].First < shortestPosting {
			continue
		}
		text := strings.TrimSpace(d.Words(p.First, p.End))
		if !strings.ContainsAny(text[max(0, len(text)-8):], ":h.") || !strings.ContainsAny(text[max(0, len(text)-8):], "0123456789") {
			continue
		}
		name, parted := d.poster(i, text)
		if name == "" {
			continue
		}
		often[name]++
		told = told || often[name] > 1 || strings.ContainsAny(parted, "·•|»") || strings.ContainsAny(name, "_0123456789")
		if lines == nil {
			lines = map[int]passage.Voice{}
		}
		lines[i] = passage.Voice{Speaker: &contrechamp.Speaker{Names: []string{name}}}
	}
	if len(lines) < fewestPosters || !told {
		return nil
	}
	return lines
}

// poster is who wrote what stands below paragraph i, which has such a text, and what parts the name from the rest; "" for nobody.
func (d *Doc) poster(i int, text string) (name, parted string) {
	const spaces, longest, withFacts = 4, 5, 16                          // in a name; tokens of a line with the name alone, or with "member since 2015" behind it
	if postedOn.MatchString(text) && (text[0] > '9' || text[0] == '#') { // a date alone heads anything
		if i == 0 {
			return "", ""
		}
		p := &d.Paragraphs[i-1]
		line := strings.TrimSpace(d.Words(p.First, p.End))
		if at := strings.IndexAny(line, "·|"); at > 0 && p.End-p.First <= withFacts {
			return strings.TrimSpace(line[:at]), "·"
		}
		if p.End-p.First > longest || d.FullStop[p.End-1] || d.Fold[p.End-1] == ":" || d.Fold[p.End-1] == "?" {
			return "", ""
		}
		return line, ""
	}
	m := poster.FindStringSubmatch(text)
	if m == nil || strings.Count(m[1], " ") > spaces {
		return "", ""
	}
	return strings.TrimSpace(m[1]), m[2]
}
