package lexicon

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// placesFormat opens the file of places; behind it, on the same line, stand the number of places, the number of
// names, and the licences of the sources, separated by tabs.
const placesFormat = "contrechamp places 1"

// maxPlaces bounds what is unpacked: the file is ours, but a damaged one must not fill the memory.
const maxPlaces = 32 << 20

// gazette is places.tsv as it was read.
type gazette struct {
	text    string // the lines behind the header
	count   int
	names   int
	licence string
}

func readPlaces(from fs.FS) (gazette, error) {
	var g gazette
	file, err := from.Open(placesFile)
	if err != nil {
		return g, fmt.Errorf("lexicon: %w", err)
	}
	defer file.Close()
	packed, err := io.ReadAll(io.LimitReader(file, maxPlaces))
	if err != nil {
		return g, fmt.Errorf("lexicon: read %s: %w", placesFile, err)
	}
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return g, fmt.Errorf("lexicon: %s: %w: %w", placesFile, err, contrechamp.ErrInvalid)
	}
	var b strings.Builder
	if n := len(packed) - 4; n >= 0 {
		// RFC 1952, section 2.3.1: the last four bytes are the length of what was packed. It is a hint only, so
		// that the text is not moved while it grows.
		b.Grow(int(min(binary.LittleEndian.Uint32(packed[n:]), maxPlaces)))
	}
	if _, err := io.Copy(&b, io.LimitReader(unzip, maxPlaces)); err != nil {
		return g, fmt.Errorf("lexicon: %s: %w: %w", placesFile, err, contrechamp.ErrInvalid)
	}
	header, text, _ := strings.Cut(b.String(), "\n")
	f := strings.SplitN(header, "\t", 4)
	if len(f) != 4 || f[0] != placesFormat {
		return g, fmt.Errorf("lexicon: %s:1: it does not start with %q and three fields: %w", placesFile, placesFormat, contrechamp.ErrInvalid)
	}
	if g.count, err = strconv.Atoi(f[1]); err == nil {
		g.names, err = strconv.Atoi(f[2])
	}
	if err != nil || g.names < 0 || g.names > maxPlaces {
		return g, fmt.Errorf("lexicon: %s:1: the counts %q and %q are no numbers: %w", placesFile, f[1], f[2], contrechamp.ErrInvalid)
	}
	g.licence, g.text = f[3], text
	return g, nil
}

// addPlaces takes all places of the file; the entities that are kept whole must be there already.
func (b *builder) addPlaces(from gazette) error {
	g := &b.lex.places
	g.text = from.text
	g.lines = make([]uint32, 0, from.count)
	g.population = make([]int32, 0, from.count)
	previous := ""
	for at := 0; at < len(g.text); {
		end := strings.IndexByte(g.text[at:], '\n')
		if end < 0 {
			return fmt.Errorf("lexicon: %s:%d: the line has no end: %w", placesFile, len(g.lines)+2, contrechamp.ErrInvalid)
		}
		line := g.text[at : at+end]
		g.lines = append(g.lines, uint32(at))
		if err := b.place(line, previous); err != nil {
			return fmt.Errorf("lexicon: %s:%d: %w", placesFile, len(g.lines)+1, err)
		}
		previous, _, _ = strings.Cut(line, "\t")
		at += end + 1
	}
	if len(g.lines) != from.count {
		return fmt.Errorf("lexicon: %s: it has %d places and says %d: %w", placesFile, len(g.lines), from.count, contrechamp.ErrInvalid)
	}
	g.made = make([]atomic.Pointer[contrechamp.Entity], len(g.lines))
	return nil
}

// place takes one line; previous is the ID on the line before.
func (b *builder) place(line, previous string) error {
	f, n := fieldsOf(line)
	if n != fieldCount {
		return fmt.Errorf("the line has %d fields, not %d: %w", n, fieldCount, contrechamp.ErrInvalid)
	}
	if f[fieldID] <= previous {
		return fmt.Errorf("the id %q does not come after %q: %w", f[fieldID], previous, contrechamp.ErrInvalid)
	}
	population, err := strconv.ParseInt(f[fieldPopulation], 10, 32)
	if err != nil || population < 0 {
		return fmt.Errorf("the population %q is no number: %w", f[fieldPopulation], contrechamp.ErrInvalid)
	}
	g := &b.lex.places
	g.population = append(g.population, int32(population))
	place := int32(len(b.lex.entities) + len(g.lines) - 1)
	name, flags := f[fieldName], f[fieldFlags]
	if name == "" {
		return fmt.Errorf("the place has no name: %w", contrechamp.ErrInvalid)
	}
	if err := b.placeName(place, placeName{text: name, ambiguous: strings.IndexByte(flags, flagAmbiguous) >= 0}); err != nil {
		return err
	}
	if err := b.bare(place, name, flags); err != nil {
		return err
	}
	for rest := f[fieldNames]; rest != ""; {
		var other placeName
		other, rest = nextPlaceName(rest)
		if other.text == name {
			continue
		}
		if err := b.placeName(place, other); err != nil {
			return err
		}
		if other.language == "fr" && strings.HasPrefix(other.text, "Le ") {
			if err := b.bare(place, other.text, string(flagDu)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) placeName(n int32, name placeName) error {
	return b.form(n, contrechamp.KindPlace, FormText{Text: name.text, Ambiguous: name.ambiguous, Demonym: name.demonym})
}

// bare takes a name without its article, for where French contracts it with a preposition: "du Mans", "aux Ulis".
func (b *builder) bare(n int32, name, flags string) error {
	var when recordFlags
	switch {
	case strings.IndexByte(flags, flagDu) >= 0:
		when = du
	case strings.IndexByte(flags, flagDes) >= 0:
		when = des
	default:
		return nil
	}
	toks := word.Cut(nil, name)
	if len(toks) < 2 {
		return fmt.Errorf("the name %q has nothing behind its article: %w", name, contrechamp.ErrInvalid)
	}
	flag := when | capital
	if strings.IndexByte(flags, flagAmbiguous) >= 0 {
		flag |= ambiguous
	}
	return b.name(n, name[toks[1].Start:], flag)
}

// addExonyms takes further names of places that the gazetteer has already.
func (b *builder) addExonyms(exonyms map[string][]FormText) error {
	g := &b.lex.places
	ids := make([]string, 0, len(exonyms))
	for id := range exonyms {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	g.exonyms = make(map[int][]contrechamp.Name, len(ids))
	for _, id := range ids {
		p, ok := g.byID(id)
		if !ok {
			return fmt.Errorf("lexicon: %s: there is no place %q: %w", exonymsFile, id, contrechamp.ErrInvalid)
		}
		for _, form := range exonyms[id] {
			if err := b.form(int32(len(b.lex.entities)+p), contrechamp.KindPlace, form); err != nil {
				return fmt.Errorf("lexicon: %s: %s: %w", exonymsFile, id, err)
			}
			if !form.Demonym {
				g.exonyms[p] = append(g.exonyms[p], contrechamp.Name{Text: form.Text, Language: form.Language})
			}
		}
	}
	return nil
}
