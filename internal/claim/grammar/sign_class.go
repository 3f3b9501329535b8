package grammar

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/rulefile"
)

// Sign is a capability or a stage, by its place in SignIDs.
type Sign int8

const noSign Sign = -1

// findSigns finds which classes are of signs and of their company. A class of a sign that there is none of is an error: its words would say nothing.
func (g *Grammar) findSigns(classes []rulefile.Class, bad func(line int, format string, args ...any) error) error {
	g.signs, g.Loose = make([]Sign, g.Next), make([]bool, g.Next)
	for i := range classes {
		at := g.Classes[classes[i].Name]
		g.Loose[at] = slices.ContainsFunc(companyPrefixes, func(p string) bool { return strings.HasPrefix(classes[i].Name, p) })
	}
	for i := range g.signs {
		g.signs[i] = noSign
	}
	g.sure, g.acts = make([]bool, g.Next), make([]uint32, g.Next)
	for i := range classes {
		name := classes[i].Name
		at := g.Classes[name]
		id, isSign := strings.CutPrefix(name, SignPrefix)
		if !isSign {
			id, g.sure[at] = strings.CutPrefix(name, SurePrefix)
		}
		if isSign || g.sure[at] {
			if g.signs[at] = Sign(slices.Index(SignIDs, id)); g.signs[at] == noSign {
				return bad(classes[i].Line, "class %s: %q is no capability that has signs, and no stage", name, id)
			}
		}
		for n, id := range SignIDs {
			if slices.Contains(Fitting[id], name) {
				g.acts[at] |= 1 << n
			}
		}
	}
	return nil
}

// SignIDs are all that signs may say.
var SignIDs = slices.Concat(CapabilityIDs, StageIDs)

// CapabilityIDs are the capabilities that have signs.
var CapabilityIDs = []string{
	"face-recognition", "gait-recognition", "ethnicity-classification", "attribute-classification", "emotion-recognition", "person-search", "behaviour-detection",
	"crowd-monitoring", "licence-plate-recognition", "sound-detection", "drone-surveillance", "location-tracking", "traffic-monitoring", "predictive-policing",
	"social-scoring", "identity-verification", "communications-interception", "concealed-object-detection", "body-worn-camera",
}

// StageIDs are the stages of a system, as the lexicon names them.
var StageIDs = []string{"planned", "trial", "operational", "suspended", "ended"}

// companyPrefixes begin the names of classes of words that keep signs company.
var companyPrefixes = []string{SignPrefix, SurePrefix, "act.", "thing.", "time."}

// SignPrefix begins the names of classes of signs; a capability or a stage follows.
const SignPrefix = "sign."

// SurePrefix begins the names of classes of signs that say what they are signs of in most company.
const SurePrefix = "sure."

// Fitting are the classes of what is done with what a sign of each names, faces compared and visitors counted, and of what is planned or ended.
var Fitting = map[string][]string{
	"face-recognition":            {"act.recognise", "act.compare", "act.detect", "act.read", "act.search", "act.enter"},
	"gait-recognition":            {"act.recognise", "act.compare", "act.sort"},
	"ethnicity-classification":    {"act.sort", "act.recognise", "act.detect", "act.search"},
	"attribute-classification":    {"act.sort", "act.recognise", "act.count", "act.detect"},
	"emotion-recognition":         {"act.sort", "act.read", "act.detect", "act.count", "act.recognise"},
	"person-search":               {"act.search", "act.follow"},
	"behaviour-detection":         {"act.detect", "act.alert", "act.recognise", "act.sort"},
	"crowd-monitoring":            {"act.count"},
	"licence-plate-recognition":   {"act.read", "act.recognise", "act.compare"},
	"sound-detection":             {"act.listen", "act.detect", "act.alert"},
	"drone-surveillance":          {"act.fly", "act.see"},
	"location-tracking":           {"act.follow"},
	"traffic-monitoring":          {"act.count", "act.see", "act.detect"},
	"predictive-policing":         {"act.predict"},
	"social-scoring":              {"act.rate", "act.sort"},
	"identity-verification":       {"act.verify", "act.enter", "act.compare"},
	"communications-interception": {"act.intercept", "act.listen"},
	"concealed-object-detection":  {"act.detect", "act.see"},
	"body-worn-camera":            {"act.wear", "act.see"},
	"planned":                     {"thing.project", "time.coming"},
	"trial":                       {"thing.project"},
	"operational":                 {"thing.project"},
	"suspended":                   {"thing.project"},
	"ended":                       {"thing.project", "time.gone"},
}
