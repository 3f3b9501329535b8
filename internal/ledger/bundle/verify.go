package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
)

// Trust is what a reader brings to the check. Whatever is missing is taken from the bundle, and the report says so.
type Trust struct {
	Keys   []ledger.VerifierKey // of the register's log, got by another way than the bundle
	Policy *ledger.Policy       // in the place of the bundle's; its logs are keys too
	Roots  stamp.Roots          // of time-stamping authorities
}

// clockSlack is how much later than an outside clock the register's may say that something was received.
const clockSlack = 5 * time.Minute

// Verify checks a bundle offline. What is wrong with its contents stands in the report, which then is not OK. An error is
// answered for a file that is no bundle at all: ErrInvalid with a sentence.
func Verify(file io.ReaderAt, size int64, trust Trust) (*Report, error) {
	members, err := open(file, size)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(file, 0, size)); err != nil {
		return nil, fmt.Errorf("bundle: read it: %w", err)
	}
	c := &check{members: map[string]*member{}, trust: trust, texts: map[contrechamp.Digest]*textLayer{}, bytes: map[contrechamp.Digest][]byte{},
		Report: Report{Digest: contrechamp.Digest(h.Sum(nil)), Length: size, Members: len(members), Problems: []string{}, Unproved: []string{},
			Documents: []DocumentReport{}, Claims: []ClaimReport{}}}
	for i := range members {
		c.members[members[i].name] = &members[i]
	}
	if err := c.run(file, size, members); err != nil {
		return nil, err
	}
	c.OK = len(c.Problems) == 0
	return &c.Report, nil
}

// check is one check under way.
type check struct {
	Report
	members map[string]*member
	trust   Trust
	policy  ledger.Policy
	own     ledger.Policy // the bundle's
	texts   map[contrechamp.Digest]*textLayer
	bytes   map[contrechamp.Digest][]byte
	states  map[int64]*state
	leaves  []leaf
}

// state is a signed state of the log, checked.
type state struct {
	checkpoint ledger.Checkpoint
	stamped    []StampedReport
}

// leaf is an entry of the log, proved.
type leaf struct {
	contrechamp.Leaf
	report LeafReport
}

func (c *check) run(file io.ReaderAt, size int64, members []member) error {
	for _, name := range []string{pageName, "policy", "claims.json", manifestName} {
		if c.members[name] == nil {
			return refuse("it has no %s", name)
		}
	}
	if err := c.settle(); err != nil {
		return err
	}
	whole, err := c.manifest(file, size, members)
	if err != nil {
		return err
	}
	if !whole {
		return nil // whatever else it says is worth nothing
	}
	for _, step := range []func() error{c.orphans, c.checkpoints, c.entries, c.documents, c.claims, c.wacz} {
		if err := step(); err != nil {
			return err
		}
	}
	c.unproved()
	return nil
}

// wrong notes a problem. An error that says that the file is no bundle is passed on.
func (c *check) wrong(err error) error {
	if errors.Is(err, contrechamp.ErrAltered) {
		c.Problems = append(c.Problems, reason(err))
		return nil
	}
	return err
}

// reason is an error without the kind at its end and the room at its beginning.
func reason(err error) string {
	s := strings.TrimPrefix(err.Error(), "bundle: ")
	return strings.TrimSuffix(strings.TrimSuffix(s, ": "+contrechamp.ErrAltered.Error()), ": "+contrechamp.ErrInvalid.Error())
}

// settle finds out whose signatures count.
func (c *check) settle() error {
	b, err := c.members["policy"].read(maxSmall)
	if err != nil {
		return err
	}
	own, err := ledger.ParsePolicy(string(b))
	if err != nil {
		return refuse("its policy cannot be read (%v)", err)
	}
	c.own, c.policy, c.Key.From, c.Witnesses.From = own, own, FromBundle, FromBundle
	if c.trust.Policy != nil {
		c.policy, c.Witnesses.From = *c.trust.Policy, FromReader
		c.policy.Logs = slices.Clone(c.policy.Logs)
		if len(c.policy.Logs) > 0 {
			c.Key.From = FromReader
		} else {
			c.policy.Logs = own.Logs // a policy may leave open which log
		}
	}
	if len(c.trust.Keys) > 0 {
		if c.Key.From == FromBundle {
			c.policy.Logs = nil
		}
		for _, k := range c.trust.Keys {
			if !slices.ContainsFunc(c.policy.Logs, func(l ledger.VerifierKey) bool { return l.String() == k.String() }) {
				c.policy.Logs = append(c.policy.Logs, k)
			}
		}
		c.Key.From = FromReader
	}
	if len(c.policy.Logs) == 0 {
		return refuse("its policy names no log")
	}
	c.Witnesses.Quorum = c.policy.Quorum
	return nil
}

// manifest checks that every byte of the file is what was signed for. It reports whether that is so.
func (c *check) manifest(file io.ReaderAt, size int64, members []member) (whole bool, err error) {
	signed, err := c.members[manifestName].read(maxSmall)
	if err != nil {
		return false, err
	}
	m, key, err := openManifest(signed, c.policy.Logs)
	if err != nil {
		return false, c.wrong(err)
	}
	c.Key.Key, c.Made = key.String(), m.made
	listed := map[string]bool{}
	for i, p := range m.parts {
		listed[p.name] = true
		switch x := c.members[p.name]; {
		case x == nil:
			c.Problems = append(c.Problems, p.name+" is missing")
		case x.digest != p.digest || x.size != p.size:
			c.Problems = append(c.Problems, p.name+" was changed: it is not what the manifest says")
		case i >= len(members) || members[i].name != p.name:
			c.Problems = append(c.Problems, p.name+" is not at its place")
		}
	}
	for _, x := range members {
		if !listed[x.name] && x.name != manifestName {
			c.Problems = append(c.Problems, x.name+" was added: the manifest does not name it")
		}
	}
	if len(c.Problems) > 0 {
		return false, nil
	}
	if err := sameFile(file, size, members); err != nil {
		return false, c.wrong(err)
	}
	return true, nil
}

// checkpoints checks the signed states and their time-stamps.
func (c *check) checkpoints() error {
	c.states = map[int64]*state{}
	for _, name := range c.named("checkpoints/", "/checkpoint") {
		number := strings.TrimSuffix(strings.TrimPrefix(name, "checkpoints/"), "/checkpoint")
		signed, err := c.members[name].read(maxSmall)
		if err != nil {
			return err
		}
		point, err := ledger.ParseCheckpoint(signed, c.policy.Logs...)
		if err != nil {
			c.Problems = append(c.Problems, name+": "+reason(err)+c.otherKey(signed))
			continue
		}
		if strconv.FormatInt(point.Size, 10) != number {
			c.Problems = append(c.Problems, fmt.Sprintf("%s: it is of %d entries", name, point.Size))
			continue
		}
		s := &state{checkpoint: point}
		c.states[point.Size] = s
		for _, stamped := range c.named("checkpoints/"+number+"/", ".tsr") {
			if err := c.stamp(s, stamped, contrechamp.Sum(signed)); err != nil {
				return err
			}
		}
	}
	return nil
}

// otherKey says by which key a checkpoint is signed that the reader did not give: a register that has changed its key has
// more than one.
func (c *check) otherKey(signed []byte) string {
	point, err := ledger.ParseCheckpoint(signed, c.own.Logs...)
	if err != nil || c.Key.From == FromBundle {
		return ""
	}
	return "; the bundle names another one, " + point.SignedBy[0] + ": if the register signed with it before, and you know that from elsewhere, give it with --key too"
}

// orphans refuses members that are about one that is not there.
func (c *check) orphans() error {
	for name := range c.members {
		folder, _, _ := strings.Cut(name, "/")
		of := ""
		switch folder {
		case "leaves":
			base, _, _ := strings.Cut(name[len("leaves/"):], ".")
			of = "leaves/" + base + ".leaf"
		case "checkpoints":
			of = name[:strings.LastIndex(name, "/")] + "/checkpoint"
		case "captures":
			of = name[:strings.LastIndex(name, "/")] + "/bytes"
		default:
			continue
		}
		if c.members[of] == nil {
			return refuse("%s comes without %s", name, of)
		}
	}
	return nil
}

// stamp checks one time-stamp: first with the roots that were given, then with those in the bundle.
func (c *check) stamp(s *state, name string, digest contrechamp.Digest) error {
	response, err := c.members[name].read(maxSmall)
	if err != nil {
		return err
	}
	from := FromReader
	var token stamp.Token
	var failed error
	if len(c.trust.Roots) > 0 {
		token, failed = stamp.Check(response, digest, c.trust.Roots)
	}
	if len(c.trust.Roots) == 0 || failed != nil {
		from = FromBundle
		authority := strings.TrimSuffix(name[strings.LastIndex(name, "/")+1:], ".tsr")
		pem := c.members["authorities/"+authority+".pem"]
		if pem == nil {
			return refuse("%s comes without authorities/%s.pem", name, authority)
		}
		b, err := pem.read(maxSmall)
		if err != nil {
			return err
		}
		roots, err := stamp.ParseRoots(b)
		if err != nil {
			return refuse("%s cannot be read (%v)", pem.name, err)
		}
		if token, failed = stamp.Check(response, digest, roots); failed != nil {
			c.Problems = append(c.Problems, name+": "+reason(failed))
			return nil
		}
	}
	r := StampedReport{Authority: token.Signer, Root: token.Anchor, Roots: from, At: token.Time}
	if token.Accuracy > 0 {
		r.Accuracy = token.Accuracy.String()
	}
	s.stamped = append(s.stamped, r)
	return nil
}

// entries checks every entry of the log that the bundle has.
func (c *check) entries() error {
	for _, name := range c.named("leaves/", ".leaf") {
		base := strings.TrimSuffix(name, ".leaf")
		text, err := c.members[name].read(contrechamp.MaxLeafBytes)
		if err != nil {
			return err
		}
		l, err := contrechamp.ParseLeaf(text)
		if err != nil {
			return refuse("%s cannot be read (%v)", name, err)
		}
		m := c.members[base+".tlog-proof"]
		if m == nil {
			return refuse("%s comes without its proof", name)
		}
		b, err := m.read(maxSmall)
		if err != nil {
			return err
		}
		proof, err := ledger.ParseProof(b)
		if err != nil {
			return refuse("%s cannot be read (%v)", m.name, err)
		}
		if "leaves/"+strconv.FormatInt(proof.Index, 10) != base {
			return refuse("%s proves the entry %d", m.name, proof.Index)
		}
		report, err := c.prove(l, text, proof)
		if err != nil {
			c.Problems = append(c.Problems, m.name+": "+reason(err))
			continue
		}
		if o := c.members[base+".opened.json"]; o != nil {
			if report.Opened, err = opened(o, l); err != nil {
				if err = c.wrong(err); err != nil {
					return err
				}
				continue
			}
		}
		c.leaves = append(c.leaves, leaf{l, report})
	}
	if len(c.leaves) == 0 && len(c.Problems) == 0 {
		return refuse("it holds no entry of a log")
	}
	return nil
}

// prove checks a leaf's proof, and gathers who else vouches for the state that it leads to.
func (c *check) prove(l contrechamp.Leaf, text []byte, proof ledger.Proof) (LeafReport, error) {
	point, err := proof.Verify(text, c.policy)
	if err != nil {
		return LeafReport{}, err
	}
	s := c.states[point.Size]
	if s == nil || !bytes.Equal(body(s.checkpoint.Note), body(point.Note)) {
		return LeafReport{}, altered("its checkpoint of %d entries is not among those of the bundle", point.Size)
	}
	r := LeafReport{Kind: l.Kind, At: l.At, Index: proof.Index, Size: point.Size, Stamped: slices.Clone(s.stamped), Cosigned: []CosignedReport{}}
	if r.Stamped == nil {
		r.Stamped = []StampedReport{}
	}
	vouch := func(at time.Time, by string) error {
		if l.At.After(at.Add(clockSlack)) {
			return altered("the register says %s, and %s had seen it on %s: one of the clocks is wrong", moment(l.At), by, moment(at))
		}
		if r.NoLater == nil || at.Before(*r.NoLater) {
			r.NoLater, r.NoLaterBy = &at, by
		}
		return nil
	}
	for _, w := range c.policy.Witnesses {
		if at := point.CosignedAt(w.Key); !at.IsZero() {
			r.Cosigned = append(r.Cosigned, CosignedReport{w.Key.Name(), at})
			if err := vouch(at, w.Key.Name()); err != nil {
				return r, err
			}
		}
	}
	for _, x := range r.Stamped {
		if err := vouch(x.At, x.Authority); err != nil {
			return r, err
		}
	}
	return r, nil
}

// body is what a note's signatures cover.
func body(signed []byte) []byte {
	b, _, _ := bytes.Cut(signed, []byte("\n\n"))
	return b
}

// opened checks that a salted digest is of what the bundle says.
func opened(m *member, l contrechamp.Leaf) ([]string, error) {
	b, err := m.read(maxSmall)
	if err != nil {
		return nil, err
	}
	var o Opened
	if err := json.Unmarshal(b, &o); err != nil {
		return nil, refuse("%s cannot be read (%v)", m.name, err)
	}
	salt, err := contrechamp.ParseSalt(o.Salt)
	if err != nil {
		return nil, refuse("%s: %v", m.name, err)
	}
	if salt.Sum(o.Texts...) != l.Salted {
		return nil, altered("%s is not what was logged", m.name)
	}
	return o.Texts, nil
}

// documents checks that every document has the digest that it is called by, and that its receipt stands in the log.
func (c *check) documents() error {
	for _, name := range c.named("captures/", "/bytes") {
		digits := strings.TrimSuffix(strings.TrimPrefix(name, "captures/"), "/bytes")
		d, err := contrechamp.ParseDigest(digits)
		if err != nil {
			return refuse("%s: %v", name, err)
		}
		m, text, about := c.members[name], c.members[captureName(d, "text.txt")], c.members[captureName(d, "text.json")]
		if text == nil || about == nil {
			return refuse("%s comes without its text", name)
		}
		if m.digest != d {
			c.Problems = append(c.Problems, fmt.Sprintf("%s has another SHA-256: %s", name, m.digest))
			continue
		}
		b, err := about.read(maxSmall)
		if err != nil {
			return err
		}
		var r reading
		if err := json.Unmarshal(b, &r); err != nil {
			return refuse("%s cannot be read (%v)", about.name, err)
		}
		doc := DocumentReport{Digest: d, Length: m.size, Title: r.Title, Reader: r.Reader, Receipts: []LeafReport{}}
		if err := c.receipts(&doc); err != nil {
			return err
		}
		c.Documents = append(c.Documents, doc)
	}
	return nil
}

// receipts finds a document's entries in the log.
func (c *check) receipts(doc *DocumentReport) error {
	exchange := c.members[captureName(doc.Digest, "exchange.warc.gz")]
	logged := false
	for _, l := range c.leaves {
		if l.Kind != contrechamp.LeafCapture || l.Digest != doc.Digest {
			continue
		}
		if l.Length != doc.Length {
			c.Problems = append(c.Problems, fmt.Sprintf("document %s has %d bytes, and %d were logged", doc.Digest, doc.Length, l.Length))
		}
		if !l.Exchange.IsZero() && exchange != nil && exchange.digest == l.Exchange {
			logged = true
		}
		if !l.Exchange.IsZero() && exchange == nil {
			c.Unproved = append(c.Unproved, fmt.Sprintf("document %s came over HTTP, and the exchange is not in the bundle", doc.Digest.Short()))
		}
		doc.Receipts = append(doc.Receipts, l.report)
	}
	if len(doc.Receipts) == 0 && len(c.Problems) == 0 {
		c.Problems = append(c.Problems, fmt.Sprintf("nothing in the log says that document %s was received", doc.Digest))
	}
	if exchange != nil && !logged {
		c.Problems = append(c.Problems, exchange.name+" is not the exchange that was logged")
	}
	doc.Exchange = logged
	return nil
}

// claims looks for every quote, and for the decisions on its claim.
func (c *check) claims() error {
	b, err := c.members["claims.json"].read(maxSmall)
	if err != nil {
		return err
	}
	items, err := readAnnotations(b)
	if err != nil {
		return err
	}
	about := map[contrechamp.Digest]bool{}
	for _, a := range items {
		f, err := a.check(c.text, c.capture)
		if err != nil {
			if err = c.wrong(err); err != nil {
				return err
			}
			continue
		}
		r := ClaimReport{ID: f.head.ID, Document: f.head.Capture, Predicate: f.head.Predicate, State: f.head.State, Quote: f.head.Quote.Exact,
			Start: f.start, End: f.end, InBytes: f.inBytes, From: f.from, To: f.to, Verbatim: f.verbatim, Decisions: []LeafReport{}}
		if n := len(f.head.About); n > 0 {
			r.About = f.head.About[min(1, n-1)] // an ID, then names
		}
		subject := contrechamp.ClaimDigest(r.ID)
		about[subject] = true
		for _, l := range c.leaves {
			if (l.Kind == contrechamp.LeafDecision || l.Kind == contrechamp.LeafWithdrawal) && l.Digest == subject {
				r.Decisions = append(r.Decisions, l.report)
			}
		}
		c.Claims = append(c.Claims, r)
	}
	if len(c.Problems) > 0 {
		return nil
	}
	for _, l := range c.leaves {
		switch l.Kind {
		case contrechamp.LeafCapture:
			if c.members[captureName(l.Digest, "bytes")] == nil {
				return refuse("the entry %d is about a document that is not in it", l.report.Index)
			}
		case contrechamp.LeafDecision, contrechamp.LeafWithdrawal:
			if !about[l.Digest] {
				return refuse("the entry %d is about a claim that is not in it", l.report.Index)
			}
		default:
			return refuse("the entry %d is of the kind %s, which belongs into no bundle", l.report.Index, l.Kind)
		}
	}
	return nil
}

// text answers what was read in a document.
func (c *check) text(d contrechamp.Digest) (*textLayer, error) {
	if t, ok := c.texts[d]; ok {
		return t, nil
	}
	m := c.members[captureName(d, "text.txt")]
	if m == nil {
		return nil, refuse("a claim is of the document %s, which is not in it", d)
	}
	b, err := m.read(maxSmall)
	if err != nil {
		return nil, err
	}
	if c.texts[d], err = newTextLayer(m.name, string(b)); err != nil {
		return nil, err
	}
	return c.texts[d], nil
}

// capture answers a document's bytes. One is held at a time.
func (c *check) capture(d contrechamp.Digest) ([]byte, error) {
	if b, ok := c.bytes[d]; ok {
		return b, nil
	}
	m := c.members[captureName(d, "bytes")]
	if m == nil {
		return nil, refuse("a claim is of the document %s, which is not in it", d)
	}
	b, err := m.read(maxCapture)
	if err != nil {
		return nil, err
	}
	clear(c.bytes)
	c.bytes[d] = b
	return b, nil
}

// KeyUnproved is what a report says when the key stands in the bundle itself.
const KeyUnproved = "whose key it is: it stands in the bundle itself"

// unproved says what is missing, so that nobody takes silence for proof.
func (c *check) unproved() {
	if c.Key.From == FromBundle {
		c.Unproved = append(c.Unproved, KeyUnproved)
	}
	stamped, cosigned := true, true
	for _, d := range c.Documents {
		for _, l := range d.Receipts {
			stamped = stamped && len(l.Stamped) > 0
			cosigned = cosigned && len(l.Cosigned) > 0
		}
	}
	if !stamped {
		c.Unproved = append(c.Unproved, "the time, by anybody but the register's own clock: no authority's time-stamp is over every receipt")
	}
	if !cosigned {
		c.Unproved = append(c.Unproved, "that others are shown the same list: no witness has cosigned every receipt")
	}
	for _, x := range c.Claims {
		if !x.InBytes {
			c.Unproved = append(c.Unproved, fmt.Sprintf("that the words of claim %s stand in the received bytes: its text is the register's reading", x.ID))
		}
	}
}

// named lists the members whose names begin and end so, in order.
func (c *check) named(prefix, suffix string) []string {
	var out []string
	for name := range c.members {
		if strings.HasPrefix(name, prefix) && strings.HasSuffix(name, suffix) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
