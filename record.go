package contrechamp

import (
	"encoding/json"
	"slices"
)

// Record is a claim as it leaves the program, one JSON object a line: the shape specified in docs/claims.md.
// Offsets stay byte offsets into the stored text.
type Record struct {
	ID         string      `json:"id"`
	Document   string      `json:"document"` // the name of the file that it came from
	Capture    Digest      `json:"capture"`
	About      []string    `json:"about"` // IDs and every name
	Predicate  Predicate   `json:"predicate"`
	Value      RecordValue `json:"value"`
	Share      float64     `json:"share,omitempty"`
	Modality   Modality    `json:"modality"`
	Speaker    []string    `json:"speaker"` // null for the document's own voice
	When       *string     `json:"when"`
	Quote      Quote       `json:"quote"`
	Layer      string      `json:"layer,omitempty"`
	Rule       string      `json:"rule"`
	Confidence float64     `json:"confidence"`
	State      State       `json:"state"`
	Note       string      `json:"note,omitempty"`
}

// RecordValue is one of {"entity", "names"}, {"number", "unit", "qualifier"} and {"date"}.
type RecordValue struct {
	Value
}

// MarshalJSON writes the one form that the value has.
func (v RecordValue) MarshalJSON() ([]byte, error) {
	switch {
	case v.Entity != nil:
		return json.Marshal(struct {
			Entity string   `json:"entity"`
			Names  []string `json:"names"`
		}{v.Entity.ID, v.Entity.Names})
	case !v.Date.IsZero():
		return json.Marshal(struct {
			Date Date `json:"date"`
		}{v.Date})
	}
	return json.Marshal(struct {
		Number    float64   `json:"number"`
		Unit      string    `json:"unit"`
		Qualifier Qualifier `json:"qualifier"`
	}{v.Number, v.Unit, v.Qualifier})
}

// RecordOf returns the record of a claim from the document of that file name.
func RecordOf(c Claim, document string) Record {
	r := Record{
		ID: c.ID, Document: document, Capture: c.Document, Predicate: c.Predicate, Value: RecordValue{c.Value},
		Share: c.Share, Modality: c.Modality, Quote: c.Quote, Layer: c.Layer, Rule: c.Rule, Confidence: c.Confidence, State: c.State,
		Note: c.Note,
	}
	for _, a := range c.About {
		r.About = append(r.About, a.ID)
		for _, n := range a.Names {
			if !slices.Contains(r.About, n) {
				r.About = append(r.About, n)
			}
		}
	}
	if c.Speaker != nil {
		r.Speaker = c.Speaker.Names
	}
	if !c.When.IsZero() {
		when := c.When.String()
		r.When = &when
	}
	return r
}
