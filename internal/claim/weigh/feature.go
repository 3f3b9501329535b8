package weigh

import (
	"strings"

	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Feature is a feature of a draft before its name is written out.
type Feature struct {
	group featureGroup
	fact  fact   // 0 where the name depends on a rule, a language or the like
	name  string // of such a feature, without what its group begins with
	value float64
}

// fact is a feature whose name is always the same. Most are facts: every draft asks for dozens, so they have numbers, and models keep their weights by number.
type fact uint16

// factNames are the names of facts, with what their groups begin with.
var factNames = []string{""}

// factOf is the fact of that name.
func factOf(name string) fact {
	for f, n := range factNames {
		if n == name {
			return fact(f)
		}
	}
	factNames = append(factNames, name)
	return fact(len(factNames) - 1)
}

// factsOf are the facts of some names.
func factsOf(names ...string) (out []fact) {
	for _, n := range names {
		out = append(out, factOf(n))
	}
	return out
}

// so is a fact that holds.
func (f fact) so() Feature { return Feature{fact: f, value: 1} }

// worth is a fact with a value.
func (f fact) worth(x float64) Feature { return Feature{fact: f, value: x} }

// featureGroup is what a feature's name begins with.
type featureGroup uint8

const (
	ofItself featureGroup = iota
	ofRule
	ofPredicate
	ofLanguage
	ofStep
	ofModality
	ofBeside // in a sentence beside words for surveillance: what a rule is worth there
	ofFar    // far from them
	ofValue
	ofSubjectStep // by which the subject was found
	ofSubject     // what else bears on whether the subject is right, see combined
)

var groupNames = []string{"", "rule=", "predicate=", "language=", "step=", "modality=", "beside: rule=", "far: rule=", "value=", SubjectPrefix + "step=", SubjectPrefix}

// group cuts the name of a feature.
func group(name string) (featureGroup, string) {
	for g := 1; g < len(groupNames); g++ {
		if rest, ok := strings.CutPrefix(name, groupNames[g]); ok {
			return featureGroup(g), rest
		}
	}
	return ofItself, name
}

// named writes the names of features out.
func named(features []Feature) []weight.Term {
	out := make([]weight.Term, len(features))
	for i, f := range features {
		name := factNames[f.fact]
		if f.fact == 0 {
			name = groupNames[f.group] + f.name
		}
		out[i] = weight.Term{Feature: name, Value: f.value}
	}
	return out
}

// SubjectPrefix opens the features of the subject.
const SubjectPrefix = "subject: "
