package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
)

// Audit checks a whole log by computing it again from its entries: every tile and every state that was ever signed must
// be what the entries give. A state that fits is a prefix of each later one, and every entry before it is proved by it.
type Audit struct {
	Folder Folder
	Key    VerifierKey // that signs now, by an account other than the log's own
	// Found hears of each thing that does not hold; Entry, if set, of each entry in order. Step, if set, hears how far it is.
	Found func(where, what string)
	Entry func(index int64, text []byte)
	Step  func(done, total int64)

	keys   []VerifierKey
	states []state
	tree   treeBuilder
	next   int // of states
	passed map[string]int64
	result Audited
}

// Audited counts what an audit looked at.
type Audited struct {
	Entries     int64 `json:"entries"`
	Covered     int64 `json:"covered"` // by the newest checkpoint
	Checkpoints int   `json:"checkpoints"`
	Files       int   `json:"files"` // tiles and bundles
	Keys        int   `json:"keys"`
}

// state is a state of the tree that is said somewhere.
type state struct {
	where string
	tree  tlog.Tree
}

// Run checks the log. What does not hold goes to Found; an error is answered only when the check cannot go on.
func (a *Audit) Run(ctx context.Context) (Audited, error) {
	built, err := a.Folder.State()
	altered := errors.Is(err, contrechamp.ErrAltered)
	if altered {
		a.Found(stateFile, "it is not what was written")
		if built, err = a.newest(); err != nil {
			return a.result, err
		}
	} else if err != nil {
		return a.result, err
	}
	if err := a.readKeys(); err != nil {
		return a.result, err
	}
	signed, err := a.readCheckpoints(built.N)
	if err != nil {
		return a.result, err
	}
	if !altered {
		// again: a writer goes on meanwhile, and its account stands before the checkpoint that speaks of it
		if built, err = a.Folder.State(); err != nil {
			return a.result, err
		}
		a.states = append(a.states, state{stateFile, built})
	}
	slices.SortStableFunc(a.states, func(x, y state) int { return int(min(max(x.tree.N-y.tree.N, -1), 1)) })
	a.passed = map[string]int64{} // keys that a leaf announces, by the digest of their text
	a.tree.full = func(level int, index int64, hashes []tlog.Hash) { a.checkTile(level, index, hashes) }
	a.checkStates()
	for index := int64(0); index*tileWidth < built.N; index++ {
		if err := ctx.Err(); err != nil {
			return a.result, err
		}
		if !a.bundle(index, int(min(tileWidth, built.N-index*tileWidth))) {
			break // nothing after it can be computed
		}
		if a.Step != nil {
			a.Step(min(built.N, (index+1)*tileWidth), built.N)
		}
	}
	a.result.Entries = a.tree.size
	for level, hashes := range a.tree.tiles {
		if len(hashes) > 0 {
			a.checkTile(level, a.tree.size>>(tileHeight*(level+1)), hashes)
		}
	}
	for _, s := range a.states[a.next:] {
		a.Found(s.where, fmt.Sprintf("it speaks of %d leaves, and %d can be read", s.tree.N, a.tree.size))
	}
	a.checkKeys(signed)
	return a.result, a.strangers(built.N)
}

// newest is the state of the newest checkpoint, where the writer's own account cannot be read.
func (a *Audit) newest() (tlog.Tree, error) {
	b, err := a.Folder.Checkpoint()
	if err != nil {
		return tlog.Tree{}, err
	}
	body, _, _ := bytes.Cut(b, []byte("\n\n"))
	c, err := parseBody(string(body) + "\n")
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("the log's checkpoint: %w: %w", err, contrechamp.ErrAltered)
	}
	return c.Tree(), nil
}

func (a *Audit) readKeys() error {
	var err error
	a.keys, err = a.Folder.Keys()
	if err != nil && !errors.Is(err, contrechamp.ErrAltered) {
		return err
	}
	if err != nil {
		a.Found(keysFile, "a line is no key")
	}
	if !slices.ContainsFunc(a.keys, func(k VerifierKey) bool { return k.String() == a.Key.String() }) {
		a.Found(keysFile, "the key that signs is not among them")
		a.keys = append(a.keys, a.Key)
	} else if last := a.keys[len(a.keys)-1]; last.String() != a.Key.String() {
		a.Found(keysFile, fmt.Sprintf("the last one is %s, and the register's log is signed by %s", last, a.Key))
	}
	a.result.Keys = len(a.keys)
	return nil
}

// readCheckpoints reads every checkpoint that was kept, and answers those whose signatures hold.
func (a *Audit) readCheckpoints(built int64) ([]Checkpoint, error) {
	notes, err := a.Folder.Checkpoints()
	if err != nil && !errors.Is(err, contrechamp.ErrAltered) {
		return nil, err
	}
	if err != nil {
		a.Found(checkpointsFile, "its end is no checkpoint")
	}
	var good []Checkpoint
	last := int64(-1)
	for i, n := range notes {
		where := fmt.Sprintf("%s, number %d", checkpointsFile, i+1)
		c, err := a.checkpoint(where, n)
		if err != nil {
			continue
		}
		if c.Size < last {
			a.Found(where, fmt.Sprintf("it covers %d leaves, and the one before it %d", c.Size, last))
		}
		last = c.Size
		good = append(good, c)
		a.states = append(a.states, state{where, c.Tree()})
	}
	a.result.Checkpoints = len(notes)
	now, err := a.Folder.Checkpoint()
	switch {
	case errors.Is(err, contrechamp.ErrNotFound):
		if built > 0 || len(notes) > 0 {
			a.Found(checkpointFile, "it is missing")
		}
		return good, nil
	case err != nil:
		return nil, err
	}
	c, err := a.checkpoint(checkpointFile, now)
	if err != nil {
		return good, nil
	}
	a.result.Covered = c.Size
	a.states = append(a.states, state{checkpointFile, c.Tree()})
	if c.Size < last {
		a.Found(checkpointFile, fmt.Sprintf("it covers %d leaves, and an earlier one %d", c.Size, last))
	}
	return append(good, c), nil
}

// checkpoint reads one checkpoint; what is wrong with it is told.
func (a *Audit) checkpoint(where string, signed []byte) (Checkpoint, error) {
	c, err := ParseCheckpoint(signed, a.keys...)
	if err == nil && c.Origin != a.Key.Name() {
		err = fmt.Errorf("it is of another log, %q: %w", cutShort(c.Origin), contrechamp.ErrAltered)
	}
	if err == nil && countSignatures(signed) != len(c.SignedBy) {
		err = fmt.Errorf("a signature is not by a key of this log: %w", contrechamp.ErrAltered)
	}
	if err != nil {
		a.Found(where, err.Error())
	}
	return c, err
}

// countSignatures counts the signature lines of a note. A log's own checkpoints are signed by its own keys alone: a changed
// name or number of a key would otherwise pass as somebody else's.
func countSignatures(signed []byte) int {
	_, lines, _ := bytes.Cut(signed, []byte("\n\n"))
	return bytes.Count(lines, []byte("\n"))
}

// checkStates compares the states that speak of as many leaves as were computed.
func (a *Audit) checkStates() {
	for a.next < len(a.states) && a.states[a.next].tree.N <= a.tree.size {
		s := a.states[a.next]
		if s.tree.N == a.tree.size && s.tree.Hash != a.tree.root() {
			a.Found(s.where, fmt.Sprintf("the log's first %d leaves do not have the root that it says", s.tree.N))
		}
		a.next++
	}
}

// bundle computes on with the entries of a bundle, and reports whether it could be read.
func (a *Audit) bundle(index int64, width int) bool {
	entries, raw, ok := a.readBundle(index, width)
	if !ok {
		return false
	}
	a.partials(width, func(w int) string { return BundlePath(index, w) }, func(w int) []byte { return raw[:bundleEnd(raw, w)] })
	for _, e := range entries {
		at := a.tree.size
		if l, err := contrechamp.ParseLeaf(e); err != nil {
			a.Found(fmt.Sprintf("entry %d of the log", at), "it is no leaf")
		} else if l.Kind == contrechamp.LeafKey {
			a.passed[l.Digest.String()] = at
		}
		if a.Entry != nil {
			a.Entry(at, e)
		}
		a.tree.add(tlog.RecordHash(e))
		a.checkStates()
	}
	return true
}

// readBundle reads a bundle that must hold width entries and nothing else.
func (a *Audit) readBundle(index int64, width int) (entries [][]byte, raw []byte, ok bool) {
	path := BundlePath(index, width)
	raw, err := a.Folder.readPartial(func(w int) string { return BundlePath(index, w) }, width)
	if err != nil {
		a.Found(path, "it cannot be read: "+err.Error())
		return nil, nil, false
	}
	a.result.Files++
	if entries, err = ParseBundle(raw); err != nil || len(entries) < width {
		a.Found(path, "it does not hold the entries that it should")
		return nil, nil, false
	}
	if len(entries) > width && len(entries) < tileWidth { // a full one is read where the partial one is gone
		a.Found(path, "it holds more than it should")
	}
	return entries[:width], raw, true
}

// bundleEnd is where the first n entries of a bundle that has been read end.
func bundleEnd(raw []byte, n int) int {
	at := 0
	for range n {
		at += 2 + int(raw[at])<<8 + int(raw[at+1])
	}
	return at
}

// checkTile compares a tile with what was computed.
func (a *Audit) checkTile(level int, index int64, hashes []tlog.Hash) {
	want := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		want = append(want, h[:]...)
	}
	path := func(w int) string { return TilePath(level, index, w) }
	got, err := a.Folder.readPartial(path, len(hashes))
	a.result.Files++
	switch {
	case err != nil:
		a.Found(path(len(hashes)), "it cannot be read: "+err.Error())
	case !bytes.Equal(got, want) && (len(hashes) == tileWidth || !bytes.HasPrefix(got, want) || len(got) < tileWidth*tlog.HashSize):
		a.Found(path(len(hashes)), "it is not what the log's entries give")
	}
	a.partials(len(hashes), path, func(w int) []byte { return want[:w*tlog.HashSize] })
}

// partials compares the partial tiles or bundles that are kept beside one that is wider. Wider ones than that are being
// written.
func (a *Audit) partials(width int, path func(width int) string, want func(width int) []byte) {
	entries, err := os.ReadDir(a.Folder.path(path(tileWidth) + ".p"))
	if err != nil {
		return // there are none
	}
	for _, e := range entries {
		n, err := strconv.Atoi(e.Name())
		if err != nil || n < 1 || n >= width {
			continue // strangers tells of it
		}
		got, err := os.ReadFile(a.Folder.path(path(n)))
		a.result.Files++
		if errors.Is(err, fs.ErrNotExist) {
			continue // the full one is there by now
		}
		if err != nil || !bytes.Equal(got, want(n)) {
			a.Found(path(n), "it is not what the log's entries give")
		}
	}
}

// checkKeys asks that each key was announced before it signed: by a leaf, under a checkpoint that it and the one before
// it signed.
func (a *Audit) checkKeys(signed []Checkpoint) {
	for i := 1; i < len(a.keys); i++ {
		old, next := a.keys[i-1].String(), a.keys[i].String()
		at, ok := a.passed[contrechamp.Sum([]byte(next)).String()]
		if !ok || !slices.ContainsFunc(signed, func(c Checkpoint) bool {
			return c.Size > at && slices.Contains(c.SignedBy, old) && slices.Contains(c.SignedBy, next)
		}) {
			a.Found(keysFile, fmt.Sprintf("the key %s is not announced by a checkpoint that it and %s signed", next, old))
		}
	}
}

// strangers tells of files that no log of that size has.
func (a *Audit) strangers(size int64) error {
	root := string(a.Folder)
	return filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("look through the log's folder: %w: %w", err, contrechamp.ErrUnavailable)
		}
		if e.IsDir() {
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch name {
		case checkpointFile, checkpointsFile, keysFile, stateFile:
			return nil
		case checkpointsFile + ".new", keysFile + ".new": // a crash left it; the next one is written over it
			return nil
		case "lock", ".state/treeState.lock", ".state/publish.lock", ".state/gcState.lock":
			return nil // who holds them
		case ".state/version":
			if b, err := os.ReadFile(path); err != nil || string(b) != "1" {
				a.Found(name, "it is not what was written")
			}
			return nil
		}
		if !isTile(name, size) && !strings.HasPrefix(name, attestedFolder) && !isBeingWritten(e) {
			a.Found(name, "no log of this size has such a file; what a crash left goes when the log is opened for writing")
		}
		return nil
	})
}

// isBeingWritten reports whether a file may be one that a program which writes beside this one has not named yet.
func isBeingWritten(e fs.DirEntry) bool {
	info, err := e.Info()
	return errors.Is(err, fs.ErrNotExist) || err == nil && time.Since(info.ModTime()) < writing
}

// writing is how long a file of the log takes to be written at most.
const writing = 10 * time.Second

// attestedFolder holds what others vouch for, tokens and cosignatures; each has signatures of its own.
const attestedFolder = "attested/"

// isTile reports whether a path is that of a tile or bundle, full or partial, of a log that has size leaves, or a few more
// that are being written.
func isTile(name string, size int64) bool {
	rest, ok := strings.CutPrefix(name, "tile/")
	kind, rest, cut := strings.Cut(rest, "/")
	if !ok || !cut {
		return false
	}
	level := 0
	if kind != "entries" {
		n, err := strconv.Atoi(kind)
		if err != nil || n < 0 || n > 7 || strconv.Itoa(n) != kind {
			return false
		}
		level = n
	}
	width := int64(tileWidth)
	if before, after, partial := strings.Cut(rest, ".p/"); partial {
		n, err := strconv.Atoi(after)
		if err != nil || n < 1 || n >= tileWidth || strconv.Itoa(n) != after {
			return false
		}
		rest, width = before, int64(n)
	}
	index := int64(0)
	groups := strings.Split(rest, "/")
	for i, g := range groups {
		digits, x := strings.CutPrefix(g, "x")
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || len(digits) != 3 || x == (i == len(groups)-1) || index > 1<<40 {
			return false
		}
		index = index*1000 + n
	}
	const more = 64 * tileWidth // that a batch in flight may add
	return (index*tileWidth+width)<<(tileHeight*level) <= size+more<<(tileHeight*level)
}
