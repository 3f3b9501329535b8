// Package evidence gathers what a bundle of some claims holds: the documents that say them, the entries of the log that
// receive those documents, the proofs, what authorities and witnesses said, and a page that explains it all. The bundle's
// form, and its check, are package bundle's.
//
// What must not leave does not: a document that is withheld is refused, and where a file lay on the keeper's disk, or who
// decided on a claim, is opened only if that is asked for.
package evidence

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/attest"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
)

// Source is what is asked of the store.
type Source interface {
	Claim(ctx context.Context, id string) (contrechamp.Sourced, error)
	Decisions(ctx context.Context, id string) ([]contrechamp.Decision, error)
	Text(ctx context.Context, d contrechamp.Digest) (contrechamp.Text, error)
	Sightings(ctx context.Context, d contrechamp.Digest) ([]contrechamp.Sighting, error)
	// Withholding answers why a document is withheld: ErrNotFound when it is not.
	Withholding(ctx context.Context, d contrechamp.Digest) (contrechamp.Withholding, error)
	LeavesOf(ctx context.Context, subject contrechamp.Digest) ([]contrechamp.KeptLeaf, error)
}

// Exporter makes bundles.
type Exporter struct {
	From  Source
	Blobs contrechamp.Blobs
	Log   ledger.Folder
	Key   ledger.SignerKey // signs the manifest
	// Policy is the register's own: whose cosignatures it waits for. Its logs are not looked at.
	Policy      ledger.Policy
	Authorities []attest.Authority
	// Archive writes documents as a WACZ; nil leaves it out.
	Archive func(ctx context.Context, w io.Writer, documents []contrechamp.Digest) error
	// Reveal opens all salted digests: paths of files, and the accounts and notes of reviewers.
	Reveal bool
	Now    func() time.Time // nil is time.Now
}

// maxClaims is how many claims one bundle holds at most: it is something that a person reads.
const maxClaims = 1000

// gathering is one bundle under way.
type gathering struct {
	*Exporter
	contents bundle.Contents
	points   []point
	used     map[int64]bool
	leaves   map[int64]bool
	names    map[contrechamp.Digest]contrechamp.Document
}

// point is a signed state of the log, with what others said of it.
type point struct {
	attest.Kept
	checkpoint ledger.Checkpoint // under the log's and the witnesses' keys
	met        bool              // the register's policy is
}

// Gather answers the contents of a bundle of claims. Errors: ErrNotFound for a claim that is not there or a document that
// was never logged, ErrWithheld for a document that is withheld, ErrUnavailable for one that is not logged yet.
func (e *Exporter) Gather(ctx context.Context, ids []string) (bundle.Contents, error) {
	if len(ids) > maxClaims {
		return bundle.Contents{}, fmt.Errorf("evidence of %d claims: at most %d in one bundle: %w", len(ids), maxClaims, contrechamp.ErrInvalid)
	}
	g := &gathering{Exporter: e, used: map[int64]bool{}, leaves: map[int64]bool{}, names: map[contrechamp.Digest]contrechamp.Document{}}
	now := time.Now
	if e.Now != nil {
		now = e.Now
	}
	g.contents.Made = now().UTC().Truncate(time.Second)
	if err := g.states(); err != nil {
		return bundle.Contents{}, err
	}
	if err := g.claims(ctx, ids); err != nil {
		return bundle.Contents{}, err
	}
	for i := range g.contents.Captures {
		if err := g.document(ctx, &g.contents.Captures[i]); err != nil {
			return bundle.Contents{}, err
		}
	}
	for _, c := range g.contents.Claims {
		if err := g.decisions(ctx, c.ID); err != nil {
			return bundle.Contents{}, err
		}
	}
	if err := g.settle(); err != nil {
		return bundle.Contents{}, err
	}
	if err := g.archive(ctx); err != nil {
		return bundle.Contents{}, err
	}
	page, err := explain(g.contents, g.names, g.Key.Public())
	if err != nil {
		return bundle.Contents{}, err
	}
	g.contents.Page = page
	return g.contents, nil
}

// states reads what the log's keys, witnesses and authorities signed: the states that others vouch for, then the newest.
func (g *gathering) states() error {
	keys, err := g.Log.Keys()
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		return fmt.Errorf("evidence: the log has no key: %w", contrechamp.ErrNotFound)
	}
	g.Policy.Logs = keys
	all := slices.Clone(keys)
	for _, w := range g.Policy.Witnesses {
		all = append(all, w.Key)
	}
	kept, err := attest.List(g.Log)
	if err != nil {
		return err
	}
	newest, err := g.Log.Checkpoint()
	if err != nil {
		return err
	}
	size, err := ledger.CheckpointSize(newest)
	if err != nil {
		return err
	}
	if len(kept) == 0 || kept[len(kept)-1].Size != size {
		kept = append(kept, attest.Kept{Size: size, Signed: newest})
	}
	trusted := map[string]attest.Authority{}
	for _, a := range g.Authorities {
		trusted[a.Name] = a
	}
	for _, k := range kept {
		c, err := ledger.ParseCheckpoint(k.Cosigned(), all...)
		if err != nil {
			return fmt.Errorf("evidence: what others said of the log at %d: %w", k.Size, err)
		}
		// a token of an authority that is not configured any more has no roots here: it is left out
		stamps := map[string][]byte{}
		for name, b := range k.Stamps {
			if _, ok := trusted[name]; ok {
				stamps[name] = b
			}
		}
		k.Stamps = stamps
		_, err = g.Policy.Check(k.Cosigned())
		g.points = append(g.points, point{k, c, err == nil})
	}
	slices.SortStableFunc(g.points, func(a, b point) int { return int(min(max(a.Size-b.Size, -1), 1)) })
	return nil
}

// claims looks the claims up, and their documents with the texts that hold their quotes.
func (g *gathering) claims(ctx context.Context, ids []string) error {
	known := map[string]bool{}
	texts := map[contrechamp.Digest]bool{}
	for _, id := range ids {
		if known[id] {
			continue
		}
		known[id] = true
		c, err := g.From.Claim(ctx, id)
		if err != nil {
			return fmt.Errorf("evidence: %w", err)
		}
		g.contents.Claims = append(g.contents.Claims, contrechamp.RecordOf(c.Claim, c.Source.Name))
		if texts[c.Document] {
			continue
		}
		texts[c.Document] = true
		if err := g.withheld(ctx, id, c.Document); err != nil {
			return err
		}
		b, err := g.Blobs.Get(ctx, c.Document)
		if err != nil {
			return fmt.Errorf("evidence of claim %s: %w", id, err)
		}
		t, err := g.From.Text(ctx, c.Document)
		if err != nil {
			return fmt.Errorf("evidence of claim %s: %w", id, err)
		}
		g.names[c.Document] = c.Source
		g.contents.Captures = append(g.contents.Captures, bundle.Capture{Digest: c.Document, Bytes: b, Text: t})
	}
	return nil
}

// withheld says why a document does not leave, as the public may read it; nil for one that may.
func (g *gathering) withheld(ctx context.Context, id string, d contrechamp.Digest) error {
	w, err := g.From.Withholding(ctx, d)
	switch {
	case errors.Is(err, contrechamp.ErrNotFound):
		return nil
	case err == nil:
		err = w.Err()
	}
	return fmt.Errorf("evidence of claim %s: its document does not leave: %w", id, err)
}

// document adds a document's receipts: the first one, and the first one that came over HTTP with its exchange.
func (g *gathering) document(ctx context.Context, x *bundle.Capture) error {
	kept, err := g.From.LeavesOf(ctx, x.Digest)
	if err != nil {
		return fmt.Errorf("evidence of %s: %w", x.Digest.Short(), err)
	}
	sightings, err := g.From.Sightings(ctx, x.Digest)
	if err != nil {
		return fmt.Errorf("evidence of %s: %w", x.Digest.Short(), err)
	}
	waits, found := false, false
	for _, k := range kept {
		switch {
		case k.Kind != contrechamp.LeafCapture:
			continue
		case k.Index == contrechamp.NotLogged:
			waits = true
			continue
		case found && (k.Exchange.IsZero() || x.Exchange != nil):
			continue
		}
		found = true
		if !k.Exchange.IsZero() && x.Exchange == nil {
			if x.Exchange, err = g.Blobs.Get(ctx, k.Exchange); err != nil {
				return fmt.Errorf("evidence of %s: the HTTP exchange: %w", x.Digest.Short(), err)
			}
		}
		if err := g.leaf(k, openedReceipt(k, sightings, int64(len(x.Bytes)), g.Reveal)); err != nil {
			return err
		}
	}
	switch {
	case found:
		return nil
	case waits:
		return contrechamp.WithHint(fmt.Errorf("evidence of %s: it is not logged yet: %w", x.Digest.Short(), contrechamp.ErrUnavailable), "contrechamp work --until-empty")
	}
	return contrechamp.WithHint(fmt.Errorf("evidence of %s: nothing in the log says that it was received, since it is older than the log: %w", x.Digest.Short(), contrechamp.ErrNotFound),
		"capture it again: contrechamp add PATH")
}

// openedReceipt finds which sighting a leaf is about, and opens it: an address is public, a path on somebody's disk is not.
func openedReceipt(k contrechamp.KeptLeaf, sightings []contrechamp.Sighting, length int64, reveal bool) *bundle.Opened {
	for _, s := range sightings {
		l := contrechamp.CaptureLeaf(s, length, k.Exchange, k.Salt)
		if l.Salted != k.Salted || !reveal && k.Exchange.IsZero() {
			continue
		}
		return &bundle.Opened{Salt: k.Salt.String(), Texts: contrechamp.CaptureTexts(s)}
	}
	return nil
}

// decisions adds the entries of the log about a claim.
func (g *gathering) decisions(ctx context.Context, id string) error {
	kept, err := g.From.LeavesOf(ctx, contrechamp.ClaimDigest(id))
	if err != nil {
		return fmt.Errorf("evidence of claim %s: %w", id, err)
	}
	var made []contrechamp.Decision
	if g.Reveal {
		if made, err = g.From.Decisions(ctx, id); err != nil {
			return fmt.Errorf("evidence of claim %s: %w", id, err)
		}
	}
	for _, k := range kept {
		if k.Kind != contrechamp.LeafDecision && k.Kind != contrechamp.LeafWithdrawal || k.Index == contrechamp.NotLogged {
			continue
		}
		var opened *bundle.Opened
		for _, d := range made {
			if contrechamp.DecisionLeaf(d, k.Salt).Salted == k.Salted {
				opened = &bundle.Opened{Salt: k.Salt.String(), Texts: contrechamp.DecisionTexts(d)}
			}
		}
		if err := g.leaf(k, opened); err != nil {
			return err
		}
	}
	return nil
}

// leaf adds an entry of the log with its proof, under the state that says most about it.
func (g *gathering) leaf(k contrechamp.KeptLeaf, opened *bundle.Opened) error {
	if g.leaves[k.Index] {
		return nil
	}
	g.leaves[k.Index] = true
	p, err := g.choose(k.Index)
	if err != nil {
		return err
	}
	proof, err := g.Log.Prove(p.checkpoint, k.Index)
	if err != nil {
		return fmt.Errorf("evidence: %w", err)
	}
	g.used[p.Size] = true
	g.contents.Leaves = append(g.contents.Leaves, bundle.Leaf{Text: k.Text, Proof: proof, Opened: opened})
	return nil
}

// choose answers the state under which an entry is proved: the earliest one that others vouch for as the register's policy
// asks, stamped if any is; the newest one where nobody does.
func (g *gathering) choose(index int64) (point, error) {
	worth := func(p point) int {
		n := 0
		if len(p.Stamps) > 0 {
			n += 2
		}
		if p.met && len(p.checkpoint.SignedBy) > 1 || p.met && g.Policy.Quorum == "none" && len(p.Stamps) > 0 {
			n += 2
		}
		if len(p.Cosignatures) > 0 {
			n++
		}
		return n
	}
	best, found := point{}, false
	for _, p := range g.points { // smallest first
		if p.Size > index && (!found || worth(p) > worth(best)) {
			best, found = p, true
		}
	}
	if !found {
		return best, fmt.Errorf("evidence: the entry %d is not covered by a checkpoint: %w", index, contrechamp.ErrUnavailable)
	}
	if worth(best) == 0 {
		best = g.points[len(g.points)-1]
	}
	return best, nil
}

// settle adds the states that were used, the authorities that stamped them, and the policy that they all meet.
func (g *gathering) settle() error {
	met := true
	stamped := map[string]bool{}
	for _, p := range g.points {
		if !g.used[p.Size] {
			continue
		}
		met = met && p.met
		g.contents.States = append(g.contents.States, bundle.State{Size: p.Size, Signed: p.Signed, Stamps: p.Stamps})
		for name := range p.Stamps {
			stamped[name] = true
		}
	}
	for _, a := range g.Authorities {
		if stamped[a.Name] {
			g.contents.Authorities = append(g.contents.Authorities, bundle.Authority{Name: a.Name, Roots: a.Roots})
		}
	}
	g.contents.Policy = g.Policy
	if met {
		return nil
	}
	// Not all that the register's policy asks for is there: the bundle says what is, and asks for no more.
	var b bytes.Buffer
	for _, k := range g.Policy.Logs {
		fmt.Fprintf(&b, "log %s\n", k)
	}
	for _, w := range g.Policy.Witnesses {
		fmt.Fprintf(&b, "witness %s %s\n", w.Name, w.Key)
	}
	b.WriteString("quorum none\n")
	policy, err := ledger.ParsePolicy(b.String())
	g.contents.Policy = policy
	return err
}

// archive adds the documents as a WACZ.
func (g *gathering) archive(ctx context.Context) error {
	if g.Archive == nil {
		return nil
	}
	var documents []contrechamp.Digest
	for _, c := range g.contents.Captures {
		documents = append(documents, c.Digest)
	}
	var b bytes.Buffer
	if err := g.Archive(ctx, &b, documents); err != nil {
		return err
	}
	g.contents.WACZ = b.Bytes()
	return nil
}
