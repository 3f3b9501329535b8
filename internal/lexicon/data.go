package lexicon

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
)

//go:embed data/*.csv data/places.tsv.gz
var files embed.FS

// The files under data/; see its README.
const (
	entitiesFile     = "data/entities.csv"
	namesFile        = "data/names.csv"
	capabilitiesFile = "data/capabilities.csv"
	countriesFile    = "data/countries.csv"
	placesFile       = "data/places.tsv.gz"
	exonymsFile      = "data/exonyms.csv"
)

// Default returns the embedded lexicon, made when it is first asked for.
func Default() (*Lexicon, error) { return standard() }

var standard = sync.OnceValues(func() (*Lexicon, error) { return Load(files) })

// WithoutPlaces returns the embedded lexicon without its gazetteer, for whoever asks for firms and bodies only: it is made in
// a tenth of the time and memory.
func WithoutPlaces() (*Lexicon, error) { return placeless() }

var placeless = sync.OnceValues(func() (*Lexicon, error) { return load(files, false) })

// Load makes a lexicon of the files under data/ in a file system. An error names the file and the line.
func Load(from fs.FS) (*Lexicon, error) { return load(from, true) }

func load(from fs.FS, withPlaces bool) (*Lexicon, error) {
	entries, err := readEntities(from)
	if err != nil {
		return nil, err
	}
	capabilities, err := readCapabilities(from)
	if err != nil {
		return nil, err
	}
	countries, err := readCountries(from)
	if err != nil {
		return nil, err
	}
	exonyms, err := readExonyms(from)
	if err != nil {
		return nil, err
	}
	for i := range countries {
		e := &countries[i].Entry
		for _, form := range exonyms[e.Entity.ID] {
			e.Forms = append(e.Forms, form)
			if !form.Demonym {
				e.Entity.Names = append(e.Entity.Names, contrechamp.Name{Text: form.Text, Language: form.Language})
			}
		}
		delete(exonyms, e.Entity.ID)
	}
	var places gazette
	if withPlaces {
		if places, err = readPlaces(from); err != nil {
			return nil, err
		}
	}
	b := newBuilder(places.names + 8*len(entries))
	for _, list := range [][]lineEntry{entries, capabilities, countries} {
		for _, e := range list {
			if err := b.add(e.Entry); err != nil {
				return nil, fmt.Errorf("lexicon: %s: %s: %w", e.where, e.Entity.ID, err)
			}
		}
	}
	if !withPlaces {
		return b.done(), nil // what an entity belongs to may be a place
	}
	if err := b.addPlaces(places); err != nil {
		return nil, err
	}
	if err := b.addExonyms(exonyms); err != nil {
		return nil, err
	}
	l := b.done()
	for _, e := range entries {
		if _, err := l.ByID(e.Entity.Within); e.Entity.Within != "" && err != nil {
			return nil, fmt.Errorf("lexicon: %s: %s belongs to %q, which does not exist: %w", e.where, e.Entity.ID, e.Entity.Within, contrechamp.ErrInvalid)
		}
	}
	return l, nil
}

// lineEntry is an entry and the line that it came from, for messages.
type lineEntry struct {
	Entry
	where string
}

// table reads a CSV file with the given columns and calls row for each line.
func table(from fs.FS, name string, columns []string, row func(f []string, where string) error) error {
	file, err := from.Open(name)
	if err != nil {
		return fmt.Errorf("lexicon: %w", err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.FieldsPerRecord = -1 // counted here, so that a wrong header is called one
	r.ReuseRecord = true
	for first := true; ; first = false {
		f, err := r.Read()
		if errors.Is(err, io.EOF) {
			if first {
				return fmt.Errorf("lexicon: %s is empty: %w", name, contrechamp.ErrInvalid)
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("lexicon: %s: %w: %w", name, err, contrechamp.ErrInvalid)
		}
		line, _ := r.FieldPos(0)
		if first {
			if got := strings.Join(f, ","); got != strings.Join(columns, ",") {
				return fmt.Errorf("lexicon: %s:1: the columns are %q, not %q: %w", name, got, strings.Join(columns, ","), contrechamp.ErrInvalid)
			}
			continue
		}
		where := fmt.Sprintf("%s:%d", name, line)
		if len(f) != len(columns) {
			return fmt.Errorf("lexicon: %s: it has %d fields, not %d: %w", where, len(f), len(columns), contrechamp.ErrInvalid)
		}
		if err := row(f, where); err != nil {
			return fmt.Errorf("lexicon: %s: %w", where, err)
		}
	}
}

// readEntities reads entities.csv, and their forms in names.csv.
func readEntities(from fs.FS) ([]lineEntry, error) {
	var out []lineEntry
	at := map[string]int{}
	err := table(from, entitiesFile, []string{"id", "kind", "name", "country", "within", "wikidata", "role", "note"}, func(f []string, where string) error {
		kind := contrechamp.EntityKind(f[1])
		switch kind {
		case contrechamp.KindCompany, contrechamp.KindProduct, contrechamp.KindAuthority, contrechamp.KindOrganisation,
			contrechamp.KindProgramme, contrechamp.KindLaw:
		default:
			return fmt.Errorf("kind %q is none of this file's: %w", f[1], contrechamp.ErrInvalid)
		}
		if _, twice := at[f[0]]; twice {
			return fmt.Errorf("the id %q stands twice: %w", f[0], contrechamp.ErrInvalid)
		}
		e := contrechamp.Entity{ID: f[0], Kind: kind, Name: f[2], Country: f[3], Within: f[4], Source: "lexicon"}
		if f[5] != "" {
			e.Identifiers = map[string]string{"wikidata": f[5]}
		}
		role, err := parseRole(f[6], kind)
		if err != nil {
			return err
		}
		at[e.ID] = len(out)
		out = append(out, lineEntry{Entry{Entity: e, Role: role}, where})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = table(from, namesFile, []string{"id", "form", "language", "flags"}, func(f []string, _ string) error {
		i, ok := at[f[0]]
		if !ok {
			return fmt.Errorf("there is no entity %q: %w", f[0], contrechamp.ErrInvalid)
		}
		form, err := parseForm(f[1], f[2], f[3])
		if err != nil {
			return err
		}
		e := &out[i].Entry
		if form.Text != e.Entity.Name {
			e.Entity.Names = append(e.Entity.Names, contrechamp.Name{Text: form.Text, Language: form.Language})
		}
		e.Forms = append(e.Forms, form)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, e := range out {
		if len(e.Forms) == 0 {
			return nil, fmt.Errorf("lexicon: %s: %s has no form in %s: %w", e.where, e.Entity.ID, namesFile, contrechamp.ErrInvalid)
		}
	}
	return out, nil
}

// parseForm reads a form and its flags, which are separated by spaces.
func parseForm(text, language, flags string) (FormText, error) {
	form := FormText{Text: text, Language: language}
	for _, flag := range strings.Fields(flags) {
		switch flag {
		case "ambiguous":
			form.Ambiguous = true
		case "exact":
			form.Exact = true
		default:
			return form, fmt.Errorf("flag %q is neither ambiguous nor exact: %w", flag, contrechamp.ErrInvalid)
		}
	}
	return form, nil
}

// readCapabilities reads capabilities.csv. The first form of a capability in each language is its name there.
func readCapabilities(from fs.FS) ([]lineEntry, error) {
	var out []lineEntry
	at := map[string]int{}
	err := table(from, capabilitiesFile, []string{"id", "form", "language", "flags"}, func(f []string, where string) error {
		form, err := parseForm(f[1], f[2], f[3])
		if err != nil {
			return err
		}
		i, ok := at[f[0]]
		if !ok {
			i = len(out)
			at[f[0]] = i
			e := contrechamp.Entity{ID: f[0], Kind: contrechamp.KindCapability, Name: form.Text, Source: "lexicon"}
			out = append(out, lineEntry{Entry{Entity: e}, where})
		}
		e := &out[i].Entry
		named := false
		for _, n := range e.Entity.Names {
			named = named || n.Language == form.Language
		}
		if !named {
			e.Entity.Names = append(e.Entity.Names, contrechamp.Name{Text: form.Text, Language: form.Language})
		}
		e.Forms = append(e.Forms, form)
		return nil
	})
	return out, err
}

// readCountries reads countries.csv: names and demonyms, separated by vertical bars; an asterisk in front marks a
// form as ambiguous, an equals sign as exact.
func readCountries(from fs.FS) ([]lineEntry, error) {
	var out []lineEntry
	columns := []string{"code", "en", "fr", "demonyms_en", "demonyms_fr"}
	err := table(from, countriesFile, columns, func(f []string, where string) error {
		e := Entry{Entity: contrechamp.Entity{
			ID: idPrefix + f[0], Kind: contrechamp.KindPlace, Country: countryOf(f[0]), Source: "lexicon",
		}}
		for n, language := range []string{"en", "fr", "en", "fr"} {
			for _, text := range strings.Split(f[n+1], "|") {
				if text == "" {
					continue
				}
				form := markedForm(text, language, n >= 2)
				e.Forms = append(e.Forms, form)
				if form.Demonym {
					continue
				}
				if e.Entity.Name == "" {
					e.Entity.Name = form.Text
				}
				e.Entity.Names = append(e.Entity.Names, contrechamp.Name{Text: form.Text, Language: language})
			}
		}
		out = append(out, lineEntry{e, where})
		return nil
	})
	return out, err
}

// markedForm reads a form with its marks: an asterisk in front says ambiguous, an equals sign exact.
func markedForm(text, language string, demonym bool) FormText {
	form := FormText{Language: language, Demonym: demonym}
	for text != "" && (text[0] == '*' || text[0] == '=') {
		form.Ambiguous = form.Ambiguous || text[0] == '*'
		form.Exact = form.Exact || text[0] == '='
		text = text[1:]
	}
	form.Text = text
	return form
}

// readExonyms reads exonyms.csv: what further languages call countries and places of the gazetteer, and their
// demonyms, marked as in countries.csv. The forms stand under the whole ID of the place.
func readExonyms(from fs.FS) (map[string][]FormText, error) {
	out := map[string][]FormText{}
	err := table(from, exonymsFile, []string{"id", "language", "names", "demonyms"}, func(f []string, _ string) error {
		id := idPrefix + f[0]
		for n, list := range f[2:] {
			for _, text := range strings.Split(list, "|") {
				if text != "" {
					out[id] = append(out[id], markedForm(text, f[1], n == 1))
				}
			}
		}
		return nil
	})
	return out, err
}
