package contrechamp

import "context"

// Explanation says how the rules came to propose a claim.
type Explanation struct {
	Rule       string   // the rule's ID
	Line       int      // of its pattern in its file, 0 for what has no pattern
	Slots      []Slot   // what filled the pattern
	Clause     string   // the words that the pattern covered
	Step       string   // what found the subject: "slot", "near", "main", "chosen"...
	Confidence float64  // what the terms add up to, from 0 to 1
	Terms      []Weight // the heaviest first
	Told       []Told   // how it is said, where that was weighed
}

// Told is what was weighed of how a claim is said: whether it is denied, or planned, rather than asserted.
type Told struct {
	As    Modality // Denied or Planned
	Odds  float64  // log-odds that it is; the terms add up to them
	Terms []Weight // the heaviest first
}

// Slot is a slot of a rule ("value", "about", "share") with the words that filled it.
type Slot struct{ Name, Words string }

// Weight is one thing known of a proposed claim, with what it adds to its log-odds.
type Weight struct {
	Feature string
	Value   float64 // 1 for most: the feature is there
	Adds    float64 // log-odds
}

// Explainer says how the claims of a text came about.
type Explainer interface {
	// Explanations answers how the rules of this version propose each claim of a text, by the claim's ID. Claims that an
	// older version, a model or a person made may be missing.
	Explanations(ctx context.Context, text Text) (map[string]Explanation, error)
}
