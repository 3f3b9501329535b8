package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/attest"
)

// vouchFlags say who else vouches for the log.
type vouchFlags struct {
	authorities, policy string
	every               time.Duration
}

func (v *vouchFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&v.authorities, "authorities", "", "file that names time-stamping authorities, \"authority NAME URL ROOTS\" a line (default: authorities in the data folder, if it is there; $CONTRECHAMP_AUTHORITIES)")
	c.Flags().StringVar(&v.policy, "policy", "", "file that names witnesses, with their addresses, and how many it takes (c2sp.org/tlog-policy; default: policy in the data folder, if it is there; $CONTRECHAMP_POLICY)")
	c.Flags().DurationVar(&v.every, "attest-every", attest.DefaultEvery, "how often, at most, they are asked")
}

// vouchers are those who are asked to vouch for the log, with where each list comes from.
type vouchers struct {
	authorities     []attest.Authority
	policy          ledger.Policy
	authoritiesFrom value
	policyFrom      value
}

// vouchers reads who is asked: nobody, unless a file says so.
func (p *program) vouchers(v vouchFlags) (vouchers, error) {
	data, _, err := p.dataFolder()
	if err != nil {
		return vouchers{}, err
	}
	out := vouchers{policy: ledger.LogPolicy(), authoritiesFrom: settingOf(v.authorities, "--authorities", "CONTRECHAMP_AUTHORITIES"),
		policyFrom: settingOf(v.policy, "--policy", "CONTRECHAMP_POLICY")}
	text, err := readSetting(&out.authoritiesFrom, filepath.Join(data, "authorities"))
	if err != nil {
		return out, err
	}
	if out.authorities, err = attest.ParseAuthorities(text, filepath.Dir(out.authoritiesFrom.text)); err != nil {
		return out, fmt.Errorf("%s: %w", out.authoritiesFrom.text, err)
	}
	if text, err = readSetting(&out.policyFrom, filepath.Join(data, "policy")); err != nil || text == "" {
		return out, err
	}
	if out.policy, err = ledger.ParsePolicy(text); err != nil {
		return out, contrechamp.WithHint(fmt.Errorf("%s: %w", out.policyFrom.text, err), "witness NAME KEY ADDRESS, a line for each, then: quorum NAME")
	}
	return out, nil
}

// readSetting reads the file that a setting names; without one, the file at usual, if it is there. It notes which.
func readSetting(v *value, usual string) (string, error) {
	if v.text == "" {
		if _, err := os.Stat(usual); errors.Is(err, fs.ErrNotExist) {
			return "", nil
		}
		v.text, v.from = usual, "data folder"
	}
	b, err := os.ReadFile(v.text)
	if err != nil {
		return "", fmt.Errorf("%s: %w: %w", v.text, err, contrechamp.ErrInvalid)
	}
	return string(b), nil
}

// attester makes what asks them. It is of use to the program that keeps the log.
func (v vouchers) attester(log ledger.Folder, every time.Duration) *attest.Attester {
	return attest.New(attest.Options{Log: log, Authorities: v.authorities, Witnesses: v.policy.Witnesses, Every: every})
}

// vouch has the house ask others to vouch for its log, in the background, once logging begins.
func (p *program) vouch(h *house, flags vouchFlags) error {
	v, err := p.vouchers(flags)
	if err != nil || h.log == nil || h.log.Follows() {
		return err // whoever keeps the log asks
	}
	if flags.every <= 0 {
		return usageError{contrechamp.WithHint(fmt.Errorf("--attest-every %s: want some time: %w", flags.every, contrechamp.ErrInvalid), "--attest-every 1h")}
	}
	h.attester.Store(v.attester(h.log.Folder(), flags.every))
	return nil
}

func (p *program) ledgerVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "ledger",
		Short: "the log of captures and decisions, and who else vouches for it",
		Long: `Every capture and decision goes into a log that only grows. Its time is this machine's
word, until others vouch for it: time-stamping authorities, which say when a state of
the log was there, and witnesses, which see to it that everybody is shown the same log.
Nobody is asked unless a file says so; docs/evidence.md explains how.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.ledgerStatusVerb(), p.ledgerAttestVerb())
	return c
}

func (p *program) ledgerStatusVerb() *cobra.Command {
	var flags vouchFlags
	c := &cobra.Command{Use: "status", Short: "how long the log is, and how it went with authorities and witnesses", Args: cobra.NoArgs}
	flags.add(c)
	f := formatFlag(c, "text", "json")
	c.RunE = func(*cobra.Command, []string) error {
		v, err := p.vouchers(flags)
		if err != nil {
			return err
		}
		at, err := p.place()
		if err != nil {
			return err
		}
		status, err := attest.ReadStatus(ledger.Folder(at.logFolder()))
		if err != nil {
			return err
		}
		return p.printStatus(at, v, status, f.value)
	}
	return c
}

func (p *program) ledgerAttestVerb() *cobra.Command {
	var flags vouchFlags
	c := &cobra.Command{
		Use:   "attest",
		Short: "ask authorities and witnesses now",
		Long: `Logs what waits, then asks everybody who has not vouched for the newest state of the
log. "serve" and "work" do so by themselves, every hour. The exit code is 1 if somebody
did not answer as he should; what the others said is kept.`,
		Args: cobra.NoArgs,
	}
	flags.add(c)
	f := formatFlag(c, "text", "json")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		v, err := p.vouchers(flags)
		if err != nil {
			return err
		}
		h, err := p.open(ctx, "ledger", writing)
		if err != nil {
			return err
		}
		if err := p.openLog(ctx, h); err != nil {
			return err
		}
		if err := h.cover(ctx); err != nil {
			return err
		}
		at, err := p.place()
		if err != nil {
			return err
		}
		attester := v.attester(ledger.Folder(at.logFolder()), flags.every)
		if attester.Nobody() {
			return contrechamp.WithHint(fmt.Errorf("there is nobody to ask: no file names authorities or witnesses: %w", contrechamp.ErrNotFound),
				"docs/evidence.md says what to write into "+filepath.Join(at.data.text, "authorities")+" and "+filepath.Join(at.data.text, "policy"))
		}
		status, err := attester.Once(ctx)
		if isKind(err, contrechamp.ErrNotFound) {
			err = contrechamp.WithHint(err, "the first capture begins the log: contrechamp add PATH")
		}
		if err != nil {
			return err
		}
		if err := p.printStatus(at, v, status, f.value); err != nil {
			return err
		}
		for name, party := range status.Parties {
			if v.names(name) && party.Failed != "" {
				return errSaid
			}
		}
		return nil
	}
	return c
}

// names reports whether a party of a status is one that is asked today.
func (v vouchers) names(party string) bool {
	kind, name, _ := strings.Cut(party, " ")
	if kind == "authority" {
		return slices.ContainsFunc(v.authorities, func(a attest.Authority) bool { return a.Name == name })
	}
	return slices.ContainsFunc(v.policy.Witnesses, func(w ledger.Witness) bool { return w.Name == name && w.URL != "" })
}

// ledgerStatus is what "ledger status" prints for programs.
type ledgerStatus struct {
	Log         string                  `json:"log"`
	Size        int64                   `json:"size"` // under the newest checkpoint
	Authorities []string                `json:"authorities"`
	Witnesses   []string                `json:"witnesses"`
	Quorum      string                  `json:"quorum"`
	Attested    attest.Status           `json:"attested"`
	Missing     []string                `json:"missing"` // what nobody vouches for, a sentence each
	parties     map[string]attest.Party // those who are asked
}

func (p *program) printStatus(at place, v vouchers, status attest.Status, format string) error {
	s := ledgerStatus{Log: at.logFolder(), Authorities: []string{}, Witnesses: []string{}, Quorum: v.policy.Quorum, Attested: status, Missing: []string{}, parties: map[string]attest.Party{}}
	signed, err := ledger.Folder(at.logFolder()).Checkpoint()
	switch {
	case isKind(err, contrechamp.ErrNotFound): // nothing was captured yet
	case err != nil:
		return err
	default:
		if s.Size, err = ledger.CheckpointSize(signed); err != nil {
			return err
		}
	}
	for _, a := range v.authorities {
		s.Authorities = append(s.Authorities, a.Name)
		s.parties["authority "+a.Name] = status.Parties["authority "+a.Name]
	}
	for _, w := range v.policy.Witnesses {
		s.Witnesses = append(s.Witnesses, w.Name)
		if w.URL != "" {
			s.parties["witness "+w.Name] = status.Parties["witness "+w.Name]
		}
	}
	if len(v.authorities) == 0 {
		s.Missing = append(s.Missing, "no time-stamping authority is asked: the time is this machine's word")
	}
	if len(v.policy.Witnesses) == 0 {
		s.Missing = append(s.Missing, "no witness is asked: nothing shows that everybody is shown the same log")
	}
	if format == "json" {
		return printJSON(p.out, s)
	}
	fmt.Fprintf(p.out, "%s entries in %s\n", count(int(s.Size)), s.Log)
	t := newTable(p.out)
	for _, name := range slices.Sorted(maps.Keys(s.parties)) {
		party := s.parties[name]
		said := "has not vouched yet"
		if party.Size > 0 {
			said = fmt.Sprintf("vouches for %s entries, %s", count(int(party.Size)), party.At.UTC().Format("2006-01-02 15:04:05 UTC"))
		}
		t.row("  "+name, said)
		if party.Failed != "" {
			t.row("", fmt.Sprintf("failed, %d in a row: %s", party.Tries, oneLine(party.Failed, 300)))
			t.row("", "asked again "+party.Next.UTC().Format("2006-01-02 15:04:05 UTC"))
		}
	}
	if err := t.flush(); err != nil {
		return err
	}
	for _, m := range s.Missing {
		fmt.Fprintf(p.out, "%s\n", m)
	}
	return nil
}
