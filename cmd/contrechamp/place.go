package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/store"
)

// place is where a register rests: all in a data folder, or rows, bytes and queue each under an address.
type place struct {
	data   value // the data folder
	db     value // of the rows: "" is SQLite in the data folder
	blobs  value // of the bytes: "" is the folder blobs in the data folder
	jobs   value // of the queue: "" is beside the rows
	ledger value // the folder of the log: "" is the folder ledger in the data folder

	silence time.Duration // see store.Options
}

// value is a setting with where it was said.
type value struct {
	text, from string
}

// setting answers what a flag or, without it, a variable of the environment says.
func settingOf(flag, flagName, variable string) value {
	if flag != "" {
		return value{flag, flagName}
	}
	if env := os.Getenv(variable); env != "" {
		return value{env, variable}
	}
	return value{from: "default"}
}

// place answers where the register of this run rests.
func (p *program) place() (place, error) {
	folder, from, err := p.dataFolder()
	if err != nil {
		return place{}, err
	}
	at := place{data: value{folder, from}, db: settingOf(p.db, "--db", "CONTRECHAMP_DB"),
		blobs: settingOf(p.blobs, "--blobs", "CONTRECHAMP_BLOBS"), jobs: settingOf(p.queueAddress(), "--jobs", "CONTRECHAMP_JOBS"),
		ledger: settingOf(p.ledger, "--ledger", "CONTRECHAMP_LEDGER"), silence: p.silence}
	return at, nil
}

// bytes is the address of the bytes.
func (at place) bytes() string {
	if at.blobs.text != "" {
		return at.blobs.text
	}
	return filepath.Join(at.data.text, "blobs")
}

// String names the place in messages.
func (at place) String() string {
	if at.db.text != "" {
		return "the register in " + store.Redact(at.db.text)
	}
	return "the data folder " + at.data.text
}

// dataFolder answers the folder in which everything rests that has no address of its own, and where that was said.
func (p *program) dataFolder() (folder, from string, err error) {
	if said := settingOf(p.data, "--data", "CONTRECHAMP_DATA"); said.text != "" {
		return said.text, said.from, nil
	}
	var base string
	switch runtime.GOOS {
	case "windows":
		base = os.Getenv("LocalAppData")
	case "darwin":
		if home, err := os.UserHomeDir(); err == nil {
			base = filepath.Join(home, "Library", "Application Support")
		}
	default:
		if base = os.Getenv("XDG_DATA_HOME"); base == "" {
			if home, err := os.UserHomeDir(); err == nil {
				base = filepath.Join(home, ".local", "share")
			}
		}
	}
	if base == "" {
		return "", "", contrechamp.WithHint(fmt.Errorf("this user has no home folder to keep data in: %w", contrechamp.ErrInvalid),
			"say where: contrechamp --data DIR")
	}
	return filepath.Join(base, "contrechamp"), "default", nil
}

// The flag --jobs says two things, since both have that name: where the queue rests (an address), or how many
// documents are read at once (a number).

// queueAddress is what --jobs says of the queue's place, "" when it says something else.
func (p *program) queueAddress() string {
	if _, err := strconv.Atoi(p.jobs); err == nil {
		return ""
	}
	return p.jobs
}

// atOnce is how many documents are read at once.
func (p *program) atOnce() (int, error) {
	n, err := strconv.Atoi(p.jobs)
	if err != nil {
		return workers(), nil // it is an address, or nothing
	}
	if n < 1 || n > mostAtOnce {
		return 0, usageError{contrechamp.WithHint(fmt.Errorf("--jobs %d: want 1 to %d documents at once: %w", n, mostAtOnce, contrechamp.ErrInvalid),
			fmt.Sprintf("--jobs %d", workers()))}
	}
	return n, nil
}

// mostAtOnce is how many documents one program reads at once, at most.
const mostAtOnce = 256

// openStore opens the rows and the queue of a place.
func (at place) openStore(ctx context.Context, verb string, u use) (*store.Database, error) {
	s, err := store.Open(ctx, store.Options{Dir: at.data.text, Address: at.db.text, Jobs: at.jobs.text, ReadOnly: bool(u), Verb: verb, Silence: at.silence})
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", at, err)
	}
	return s, nil
}

// openBlobs opens the bytes of a place.
func (at place) openBlobs(ctx context.Context, u use) (contrechamp.Blobs, error) {
	b, err := store.OpenBlobs(ctx, at.bytes(), bool(u))
	if err != nil {
		return nil, fmt.Errorf("open the bytes of %s: %w", at, err)
	}
	return b, nil
}

// parsePlace reads an argument that names a place: a data folder or the address of a database, with the address of
// its bytes if they rest elsewhere.
func (p *program) parsePlace(name, blobs string) (place, error) {
	at := place{blobs: value{text: blobs}}
	if strings.Contains(name, "://") || strings.HasPrefix(name, "sqlite:") {
		at.db = value{text: name}
	} else {
		at.data = value{text: name}
	}
	if store.IsServer(at.db.text) && blobs == "" {
		return at, usageError{contrechamp.WithHint(fmt.Errorf("the bytes of %s rest elsewhere, and nothing says where: %w", at, contrechamp.ErrInvalid),
			"add --from-blobs or --to-blobs s3://BUCKET/PREFIX, or a folder")}
	}
	return at, nil
}
