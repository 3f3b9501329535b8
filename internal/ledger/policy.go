package ledger

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp"
)

// Policy says whose signatures make a checkpoint believed (c2sp.org/tlog-policy): any of the logs, and enough witnesses.
type Policy struct {
	Logs      []VerifierKey
	Witnesses []Witness
	Quorum    string // name of a witness or group, or "none"

	groups map[string]group
}

// Witness is a witness of a policy under the name that the policy has for it.
type Witness struct {
	Name string
	Key  VerifierKey
	URL  string // where it can be asked; may be empty
}

type group struct {
	need    int
	members []string
}

// quorumNone is the quorum that needs no witness.
const quorumNone = "none"

const maxPolicyBytes = 1 << 20

// ParsePolicy reads a policy: ErrInvalid with the number of the line that is wrong.
func ParsePolicy(text string) (Policy, error) {
	p := Policy{groups: map[string]group{}}
	if len(text) > maxPolicyBytes {
		return p, fmt.Errorf("policy of %d bytes: %w", len(text), contrechamp.ErrInvalid)
	}
	taken := map[string]bool{} // names that are a member of a group already
	for i, line := range strings.Split(text, "\n") {
		if err := p.line(line, taken); err != nil {
			return Policy{}, fmt.Errorf("policy, line %d: %w", i+1, err)
		}
	}
	if p.Quorum == "" {
		return Policy{}, fmt.Errorf("policy: it has no quorum: %w", contrechamp.ErrInvalid)
	}
	return p, nil
}

func (p *Policy) line(line string, taken map[string]bool) error {
	bad := func(format string, a ...any) error {
		return fmt.Errorf(format+": %w", append(a, contrechamp.ErrInvalid)...)
	}
	if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
		return bad("a control character")
	}
	words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
	if len(words) == 0 || strings.HasPrefix(words[0], "#") {
		return nil
	}
	switch words[0] {
	case "log":
		if len(words) != 2 && len(words) != 3 {
			return bad("want log KEY [URL]")
		}
		key, err := ParseVerifierKey(words[1])
		if err != nil {
			return err
		}
		if key.IsWitness() {
			return bad("%s is the key of a witness", key.Name())
		}
		if slices.ContainsFunc(p.Logs, func(k VerifierKey) bool { return sameKey(k, key) }) {
			return bad("the same log twice")
		}
		p.Logs = append(p.Logs, key)
	case "witness":
		if len(words) != 3 && len(words) != 4 {
			return bad("want witness NAME KEY [URL]")
		}
		key, err := ParseVerifierKey(words[2])
		if err != nil {
			return err
		}
		if !key.IsWitness() {
			return bad("%s is no key of a witness", key.Name())
		}
		if p.defined(words[1]) || words[1] == quorumNone {
			return bad("the name %s twice", words[1])
		}
		if slices.ContainsFunc(p.Witnesses, func(w Witness) bool { return sameKey(w.Key, key) }) {
			return bad("the same witness twice")
		}
		w := Witness{Name: words[1], Key: key}
		if len(words) == 4 {
			w.URL = words[3]
		}
		p.Witnesses = append(p.Witnesses, w)
	case "group":
		if len(words) < 4 {
			return bad("want group NAME all|any|NUMBER MEMBER...")
		}
		if p.defined(words[1]) || words[1] == quorumNone {
			return bad("the name %s twice", words[1])
		}
		g := group{members: words[3:]}
		for _, m := range g.members {
			if !p.defined(m) {
				return bad("%s is not defined before", m)
			}
			if taken[m] {
				return bad("%s is in a group already", m)
			}
			taken[m] = true
		}
		switch words[2] {
		case "any":
			g.need = 1
		case "all":
			g.need = len(g.members)
		default:
			n, err := strconv.Atoi(words[2])
			if err != nil || n < 1 || n > len(g.members) || strconv.Itoa(n) != words[2] {
				return bad("%s of %d members", words[2], len(g.members))
			}
			g.need = n
		}
		p.groups[words[1]] = g
	case "quorum":
		switch {
		case len(words) != 2:
			return bad("want quorum NAME")
		case p.Quorum != "":
			return bad("a second quorum")
		case words[1] != quorumNone && !p.defined(words[1]):
			return bad("%s is not defined before", words[1])
		}
		p.Quorum = words[1]
	default:
		return bad("%q is none of log, witness, group, quorum", cutShort(words[0]))
	}
	return nil
}

// sameKey reports whether two keys wrap the same public key, whatever they are called.
func sameKey(a, b VerifierKey) bool {
	x, y := a.text[strings.LastIndex(a.text, "+"):], b.text[strings.LastIndex(b.text, "+"):]
	return x == y
}

func (p *Policy) defined(name string) bool {
	_, ok := p.groups[name]
	return ok || slices.ContainsFunc(p.Witnesses, func(w Witness) bool { return w.Name == name })
}

// LogPolicy is the policy that believes a log's own signature and asks for no witness.
func LogPolicy(logs ...VerifierKey) Policy { return Policy{Logs: logs, Quorum: quorumNone} }

// String writes the policy as ParsePolicy reads it.
func (p Policy) String() string {
	var b strings.Builder
	for _, l := range p.Logs {
		fmt.Fprintf(&b, "log %s\n", l)
	}
	for _, w := range p.Witnesses {
		b.WriteString(strings.TrimSpace(fmt.Sprintf("witness %s %s %s", w.Name, w.Key, w.URL)) + "\n")
	}
	// a group after those that it names
	written := map[string]bool{}
	var write func(name string)
	write = func(name string) {
		g, ok := p.groups[name]
		if !ok || written[name] {
			return
		}
		written[name] = true
		for _, m := range g.members {
			write(m)
		}
		fmt.Fprintf(&b, "group %s %d %s\n", name, g.need, strings.Join(g.members, " "))
	}
	names := make([]string, 0, len(p.groups))
	for name := range p.groups {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		write(name)
	}
	fmt.Fprintf(&b, "quorum %s\n", p.Quorum)
	return b.String()
}

// Check reads a checkpoint and answers it when the policy believes it: signed by one of the logs under its own name, and
// cosigned by enough witnesses. ErrInvalid for what is no checkpoint, ErrAltered when the signatures do not suffice.
func (p Policy) Check(signed []byte) (Checkpoint, error) {
	keys := slices.Clone(p.Logs)
	for _, w := range p.Witnesses {
		keys = append(keys, w.Key)
	}
	c, err := ParseCheckpoint(signed, keys...)
	if err != nil {
		return c, err
	}
	if !slices.ContainsFunc(p.Logs, func(l VerifierKey) bool { return l.Name() == c.Origin && slices.Contains(c.SignedBy, l.String()) }) {
		return c, fmt.Errorf("checkpoint of %q is signed by no log of the policy: %w", cutShort(c.Origin), contrechamp.ErrAltered)
	}
	if !p.satisfied(p.Quorum, c) {
		return c, fmt.Errorf("checkpoint of %q is not cosigned by the witnesses that the policy asks for (%s): %w", cutShort(c.Origin), p.Quorum, contrechamp.ErrAltered)
	}
	return c, nil
}

func (p Policy) satisfied(name string, c Checkpoint) bool {
	if name == quorumNone {
		return true
	}
	for _, w := range p.Witnesses {
		if w.Name == name {
			return slices.Contains(c.SignedBy, w.Key.String())
		}
	}
	g, ok := p.groups[name]
	if !ok {
		return false
	}
	n := 0
	for _, m := range g.members {
		if p.satisfied(m, c) {
			n++
		}
	}
	return n >= g.need
}
