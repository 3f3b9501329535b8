package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/bench/mixed"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
	"contrechamp.org/contrechamp/internal/testenv/measure"
)

// speed measures how fast claims are proposed of texts that are read already, in processor time: "dense" are the articles of the gold, in
// which nearly each sentence claims something, "long" are the same of one language in one text, "mixed" are made texts of which one
// sentence in four speaks of surveillance, "other" are those of their sentences that do not. Of so many rounds the quickest counts. A profile of all rounds goes to a file, and what was
// proposed to another: whoever makes it faster may change no byte of that.
func speed(shared, looks, only string, rounds int, profile, out string) error {
	e, err := newEngine()
	if err != nil {
		return err
	}
	kinds, err := speedTexts(shared, looks)
	if err != nil {
		return err
	}
	if out != "" {
		if err := writeProposed(e, kinds, out); err != nil {
			return err
		}
	}
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	for _, k := range kinds {
		if only != "" && k.name != only {
			continue
		}
		best := time.Duration(0)
		for range rounds {
			used, err := measure.Processor()
			if err != nil {
				return err
			}
			for _, text := range k.texts {
				if _, _, err := e.Propose(context.Background(), text, time.Time{}); err != nil {
					return err
				}
			}
			now, err := measure.Processor()
			if err != nil {
				return err
			}
			if took := now - used; best == 0 || took < best {
				best = took
			}
		}
		figure("propose, "+k.name, float64(k.size)/1e6/max(best.Seconds(), 1e-9), "MB/s", fmt.Sprintf("of one processor, %.2f MB", float64(k.size)/1e6))
	}
	return nil
}

// speedKind are texts of a kind, and how many bytes they have.
type speedKind struct {
	name  string
	texts []contrechamp.Text
	size  int
}

func (k *speedKind) add(name string, b []byte) error {
	text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: b, Now: readAt})
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	k.texts = append(k.texts, text)
	k.size += len(text.Body)
	return nil
}

func speedTexts(shared, looks string) ([]speedKind, error) {
	sets, err := knownDocs(shared, looks)
	if err != nil {
		return nil, err
	}
	dense, long, plain, other := speedKind{name: "dense"}, speedKind{name: "long"}, speedKind{name: "mixed"}, speedKind{name: "other"}
	joined := map[string]*bytes.Buffer{}
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			if err := dense.add(name, set.texts[name]); err != nil {
				return nil, err
			}
			language := dense.texts[len(dense.texts)-1].Language
			if joined[language] == nil {
				joined[language] = new(bytes.Buffer)
			}
			joined[language].Write(set.texts[name])
			joined[language].WriteString("\n\n")
		}
	}
	for _, language := range sortedKeys(joined) {
		if err := long.add(language+".txt", joined[language].Bytes()); err != nil {
			return nil, err
		}
	}
	for i := range uint64(neutralTexts) {
		body, neutral := mixed.Sample(neutralSeed, i)
		if err := plain.add(fmt.Sprintf("mixed-%03d.txt", i), []byte(body)); err != nil {
			return nil, err
		}
		if err := other.add(fmt.Sprintf("other-%03d.txt", i), []byte(strings.Join(neutral, " "))); err != nil {
			return nil, err
		}
	}
	return []speedKind{dense, long, plain, other}, nil
}

// writeProposed writes what is proposed of texts, and all that might have been.
func writeProposed(e *claim.Engine, kinds []speedKind, file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	lines := json.NewEncoder(w)
	for _, k := range kinds {
		for _, text := range k.texts {
			claims, entities, err := e.Propose(context.Background(), text, time.Time{})
			if err != nil {
				return err
			}
			candidates, err := e.Candidates(context.Background(), text, time.Time{})
			if err != nil {
				return err
			}
			for _, c := range claims {
				if err := lines.Encode(c); err != nil {
					return err
				}
			}
			for _, x := range entities {
				if err := lines.Encode(x); err != nil {
					return err
				}
			}
			for _, c := range candidates {
				if err := lines.Encode(c.Claim); err != nil {
					return err
				}
			}
		}
	}
	return w.Flush()
}
