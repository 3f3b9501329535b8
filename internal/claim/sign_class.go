package claim

import (
	"slices"
	"strings"
)

// sign is a capability or a stage, by its place in signIDs.
type sign int8

const noSign sign = -1

// findSigns finds which classes are of signs and of their company. A class of a sign that there is none of is an error: its words would say nothing.
func (g *grammar) findSigns(classes []Class, bad func(line int, format string, args ...any) error) error {
	g.signs, g.loose = make([]sign, g.next), make([]bool, g.next)
	for i := range classes {
		at := g.classes[classes[i].Name]
		g.loose[at] = slices.ContainsFunc(companyPrefixes, func(p string) bool { return strings.HasPrefix(classes[i].Name, p) })
	}
	for i := range g.signs {
		g.signs[i] = noSign
	}
	g.sure, g.acts = make([]bool, g.next), make([]uint32, g.next)
	for i := range classes {
		name := classes[i].Name
		at := g.classes[name]
		id, isSign := strings.CutPrefix(name, signPrefix)
		if !isSign {
			id, g.sure[at] = strings.CutPrefix(name, surePrefix)
		}
		if isSign || g.sure[at] {
			if g.signs[at] = sign(slices.Index(signIDs, id)); g.signs[at] == noSign {
				return bad(classes[i].Line, "class %s: %q is no capability that has signs, and no stage", name, id)
			}
		}
		for n, id := range signIDs {
			if slices.Contains(fitting[id], name) {
				g.acts[at] |= 1 << n
			}
		}
	}
	return nil
}

// signIDs are all that signs may say.
var signIDs = slices.Concat(capabilityIDs, stageIDs)

// capabilityIDs are the capabilities that have signs.
var capabilityIDs = []string{
	"face-recognition", "gait-recognition", "ethnicity-classification", "attribute-classification", "emotion-recognition", "person-search", "behaviour-detection",
	"crowd-monitoring", "licence-plate-recognition", "sound-detection", "drone-surveillance", "location-tracking", "traffic-monitoring", "predictive-policing",
	"social-scoring", "identity-verification", "communications-interception", "concealed-object-detection", "body-worn-camera",
}

var stageIDs = []string{"planned", "trial", "operational", "suspended", "ended"}

// companyPrefixes begin the names of classes of words that keep signs company.
var companyPrefixes = []string{signPrefix, surePrefix, "act.", "thing.", "time."}

// signPrefix begins the names of classes of signs; a capability or a stage follows.
const signPrefix = "sign."

// surePrefix begins the names of classes of signs that say what they are signs of in most company.
const surePrefix = "sure."

// fitting are the classes of what is done with what a sign of each names, faces compared and visitors counted, and of what is planned or ended.
var fitting = map[string][]string{
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
