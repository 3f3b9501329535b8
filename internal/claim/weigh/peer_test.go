package weigh

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// peerFeatures are the features that the peers of claim i give, by name.
func peerFeatures(list []Peer, i int) map[string]float64 {
	out := map[string]float64{}
	peersOf(list, func(n int, features []Feature) {
		if n == i {
			for _, f := range features {
				out[factNames[f.fact]] = f.value
			}
		}
	})
	return out
}

// TestPeers: what the other claims of a text say of one.
func TestPeers(t *testing.T) {
	count := func(sentence int, subject, value string, odds float64) Peer {
		return Peer{Sentence: sentence, Predicate: contrechamp.DeviceCount, Subject: subject, Value: value, Odds: odds}
	}
	denied := Peer{Sentence: 1, Predicate: contrechamp.Capability, Subject: "namur", Value: "face", Denied: true, Odds: 1}
	asserted := Peer{Sentence: 0, Predicate: contrechamp.Capability, Subject: "namur", Value: "face", Odds: 1}
	for name, tt := range map[string]struct {
		list []Peer
		of   int
		has  map[string]float64
		not  []string
	}{
		"alone": {[]Peer{count(0, "namur", "85", 1)}, 0,
			map[string]float64{"rivals: none": 1, "others in its sentence: none": 1, "no earlier claim near": 1, "no later claim near": 1, "no other subject has more": 1, "odds by itself": 0.5},
			[]string{"odds of its surest rival", "mean odds around"}},
		"another number of the same town is a rival": {[]Peer{count(0, "namur", "85", 1), count(0, "namur", "120", 3)}, 0,
			map[string]float64{"rivals: 1": 1, "rivals in its sentence: 1": 1, "odds of its surest rival": 1.5, "odds less those of its surest rival": -1, "odds of its surest rival in the sentence": 1.5}, nil},
		"of another town it is none": {[]Peer{count(0, "namur", "85", 1), count(0, "dinant", "120", 3)}, 0,
			map[string]float64{"rivals: none": 1, "other subjects in its sentence: 1": 1, "others of its predicate: 1": 1, "odds of the surest other in its sentence": 1.5}, []string{"odds of its surest rival"}},
		"the same number of another town": {[]Peer{count(0, "namur", "85", 1), count(2, "dinant", "85", 3)}, 0,
			map[string]float64{"its value of another subject: 1": 1, "its value again: 1": 1, "the next claim is about another": 1, "rivals: none": 1}, nil},
		"who denies it": {[]Peer{asserted, denied}, 1,
			map[string]float64{"the contrary: 1": 1, "its value again: none": 1, "the claim before is about its subject": 1}, nil},
		"far away": {[]Peer{count(0, "namur", "85", 1), count(peerSentences+1, "namur", "120", 3)}, 0,
			map[string]float64{"rivals: none": 1, "no later claim near": 1, "part 1 of 4 of what is claimed": 1}, nil},
		"odds are bounded": {[]Peer{count(0, "namur", "85", 50), count(0, "namur", "120", -50)}, 0,
			map[string]float64{"odds by itself": subject.MostOdds / oddsScale, "odds of its surest rival": -subject.MostOdds / oddsScale}, nil},
		"few are about its subject": {[]Peer{count(0, "namur", "1", 1), count(0, "dinant", "2", 1), count(0, "dinant", "3", 1), count(0, "dinant", "4", 1)}, 0,
			map[string]float64{"share about its subject: from 1/4": 1}, []string{"no other subject has more"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := peerFeatures(tt.list, tt.of)
			for f, want := range tt.has {
				if x, ok := got[f]; !ok || math.Abs(x-want) > 1e-9 {
					t.Errorf("%q is %v (%t), want %v; all: %v", f, x, ok, want, got)
				}
			}
			for _, f := range tt.not {
				if x, ok := got[f]; ok {
					t.Errorf("%q is %v, want none", f, x)
				}
			}
		})
	}
}

// TestPeersAreBounded: a list of names in one sentence does not make a claim look at thousands of others.
func TestPeersAreBounded(t *testing.T) {
	var list []Peer
	for i := range 10000 {
		list = append(list, Peer{Predicate: contrechamp.DeviceCount, Subject: "namur", Value: fmt.Sprint(i)})
	}
	for _, i := range []int{0, 5000, 9999} {
		var p peering
		p.see(list, i)
		if p.around > 2*mostPeers {
			t.Errorf("claim %d looks at %d others, want at most %d", i, p.around, 2*mostPeers)
		}
	}
}

// TestPeerModel: a pair of features has a weight of its own, whichever comes first, and what is shown adds up.
func TestPeerModel(t *testing.T) {
	m, err := NewPeerModel(map[string]float64{"rivals: 1": -1, "odds by itself": 0.5, "odds by itself & rivals: 1": 0.25, "predicate=cost": 2, "subject: odds": 1, Unseen: -0.1})
	if err != nil {
		t.Fatal(err)
	}
	own := []Feature{{group: ofPredicate, name: "cost", value: 1}, {group: ofRule, name: "cost.words", value: 1}, {group: ofSubject, fact: factSubjectOdds, value: 3}}
	peers := []Feature{factOf("rivals: 1").so(), peerOddsFacts[peersOwnOdds].worth(2), {name: "nobody knows it", value: 1}}
	w := m.take(m.take(nil, own), peers)
	const want = 0.7 - 0.1 + 2 + 1.5 - 1 + 0.5*2 + 0.25*2
	if got := m.Sum(0.7, w); math.Abs(got-want) > 1e-9 {
		t.Errorf("log-odds %.3f, want %.3f", got, want)
	}
	sum := 0.7
	for _, x := range m.terms(w) {
		sum += x.Adds
	}
	if math.Abs(sum-want) > 1e-9 {
		t.Errorf("terms add up to %.3f, want %.3f", sum, want)
	}
	slices.Reverse(w)
	if got := m.Sum(0.7, w); math.Abs(got-want) > 1e-9 {
		t.Errorf("in another order %.3f, want %.3f", got, want)
	}
}

func TestPeerModelRefuses(t *testing.T) {
	many := map[string]float64{}
	for i := range mostPeerFeatures + 1 {
		many[fmt.Sprint("feature ", i)] = 1
	}
	for name, weights := range map[string]map[string]float64{
		"a feature with itself": {"rivals: 1 & rivals: 1": 1},
		"too many features":     many,
		"three features":        {"a & b & c": 1},
	} {
		if _, err := NewPeerModel(weights); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
}

// TestCombine: a feature that counts by itself and among peers is one line.
func TestCombine(t *testing.T) {
	got := combine([]weight.Term{{Feature: "bias", Adds: 0.5}, {Feature: "prior", Adds: 1}}, []weight.Term{{Feature: "bias", Adds: -0.7}, {Feature: "rivals: 1", Adds: -2}})
	want := []weight.Term{{Feature: "rivals: 1", Adds: -2}, {Feature: "prior", Adds: 1}, {Feature: "bias", Adds: -0.2}}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i].Feature != want[i].Feature || math.Abs(got[i].Adds-want[i].Adds) > 1e-9 {
			t.Errorf("%v, want %v", got[i], want[i])
		}
	}
}

// TestCombineSharesOut: odds that count half among peers make each term half as large, and the sum stays.
func TestCombineSharesOut(t *testing.T) {
	own := peerOddsNames[peersOwnOdds]
	for _, tt := range []struct {
		alone []weight.Term
		among float64
		want  []weight.Term
	}{
		{[]weight.Term{{Feature: "prior", Adds: 3}, {Feature: "bias", Adds: -1}}, -1, []weight.Term{{Feature: "prior", Adds: 1.5}, {Feature: "bias", Adds: -0.5}}},
		{[]weight.Term{{Feature: "prior", Adds: 1}, {Feature: "bias", Adds: -0.9}}, -1, []weight.Term{{Feature: own, Adds: -1}, {Feature: "prior", Adds: 1}, {Feature: "bias", Adds: -0.9}}},
		{[]weight.Term{{Feature: "prior", Adds: 1}}, -3, []weight.Term{{Feature: own, Adds: -3}, {Feature: "prior", Adds: 1}}},
	} {
		got := combine(slices.Clone(tt.alone), []weight.Term{{Feature: own, Adds: tt.among}})
		if !slices.EqualFunc(got, tt.want, func(a, b weight.Term) bool { return a.Feature == b.Feature && math.Abs(a.Adds-b.Adds) < 1e-9 }) {
			t.Errorf("%v and %.1f: %v, want %v", tt.alone, tt.among, got, tt.want)
		}
	}
}

// TestUnsureOddsStayNumbers: whatever the weights, a confidence is a number.
func TestUnsureOddsStayNumbers(t *testing.T) {
	list := []Peer{{Odds: combined(1e3, 1e3)}, {Odds: combined(-1e3, 5)}, {Odds: 0}}
	for i := range list {
		list[i].Predicate, list[i].Subject, list[i].Value = contrechamp.Cost, "namur", fmt.Sprint(i)
		for name, x := range peerFeatures(list, i) {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%q is %v", name, x)
			}
		}
	}
}
