package register

import (
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

var belgrade = contrechamp.EntityRef{ID: "place-rs-belgrade", Kind: contrechamp.KindPlace, Names: []string{"Belgrade"}}

func entityValue(id string) contrechamp.Value {
	return contrechamp.Value{Entity: &contrechamp.EntityRef{ID: id, Names: []string{id}}}
}

func cameras(n float64, q contrechamp.Qualifier) contrechamp.Value {
	return contrechamp.Value{Number: n, Unit: "camera", Qualifier: q}
}

// said makes a claim about Belgrade in a document of one byte, published in a year.
func said(doc string, year int, speaker string, p contrechamp.Predicate, v contrechamp.Value, m contrechamp.Modality) contrechamp.Sourced {
	c := contrechamp.Claim{Document: contrechamp.Sum([]byte(doc)), About: []contrechamp.EntityRef{belgrade}, Predicate: p,
		Value: v, Modality: m, State: contrechamp.Proposed}
	if speaker != "" {
		c.Speaker = &contrechamp.Speaker{Names: []string{speaker}}
	}
	c.ID = contrechamp.ClaimID(c) + speaker
	s := contrechamp.Sourced{Claim: c}
	s.Source.Digest = c.Document
	s.Source.Published = contrechamp.Date{Year: year}
	return s
}

func TestDisagree(t *testing.T) {
	face := entityValue("face-recognition")
	with := func(s contrechamp.Sourced, change func(*contrechamp.Sourced)) contrechamp.Sourced {
		change(&s)
		return s
	}
	rejected := func(s *contrechamp.Sourced) { s.State = contrechamp.Rejected }
	in2023 := func(s *contrechamp.Sourced) { s.When = contrechamp.Date{Year: 2023} }
	for _, tt := range []struct {
		name   string
		claims []contrechamp.Sourced
		want   string // kind:predicate=sides, joined by ";"
	}{
		{"one asserts, one denies", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.Capability, face, contrechamp.Asserted),
			said("a", 2021, "Milan", contrechamp.Capability, face, contrechamp.Denied),
		}, "asserted and denied:capability=asserted 1|denied 1"},
		{"an accusation denied", []contrechamp.Sourced{
			said("a", 2021, "ONG", contrechamp.Capability, face, contrechamp.Alleged),
			said("b", 2021, "Ville", contrechamp.Capability, face, contrechamp.Denied),
		}, "asserted and denied:capability=alleged 1|denied 1"},
		{"a plan is no contradiction of a denial", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.Capability, face, contrechamp.Planned),
			said("b", 2021, "", contrechamp.Capability, face, contrechamp.Denied),
		}, ""},
		{"a plan beside both is no second disagreement", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.Capability, face, contrechamp.Planned),
			said("b", 2021, "", contrechamp.Capability, face, contrechamp.Asserted),
			said("c", 2021, "", contrechamp.Capability, face, contrechamp.Denied),
		}, "asserted and denied:capability=asserted 1|denied 1"},
		{"a rejected claim does not speak", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.Capability, face, contrechamp.Asserted),
			with(said("b", 2021, "", contrechamp.Capability, face, contrechamp.Denied), rejected),
		}, ""},
		{"two documents count differently in one year", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.DeviceCount, cameras(1000, contrechamp.Exactly), contrechamp.Asserted),
			said("b", 2021, "", contrechamp.DeviceCount, cameras(214, contrechamp.Exactly), contrechamp.Asserted),
		}, "different values:device_count=214|1000"},
		{"parts and totals of one voice hold together", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.DeviceCount, cameras(1000, contrechamp.Exactly), contrechamp.Asserted),
			said("a", 2021, "", contrechamp.DeviceCount, cameras(40, contrechamp.Exactly), contrechamp.Asserted),
		}, ""},
		{"a side shows the claims of its value, not the parts", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.DeviceCount, cameras(14, contrechamp.Exactly), contrechamp.Asserted),
			said("a", 2021, "", contrechamp.DeviceCount, cameras(120, contrechamp.Exactly), contrechamp.Asserted),
			said("b", 2021, "", contrechamp.DeviceCount, cameras(96, contrechamp.Exactly), contrechamp.Asserted),
		}, "different values:device_count=96|120"},
		{"a part of the other's total is compatible with its part", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.DeviceCount, cameras(1000, contrechamp.Exactly), contrechamp.Asserted),
			said("a", 2021, "", contrechamp.DeviceCount, cameras(40, contrechamp.Exactly), contrechamp.Asserted),
			said("b", 2021, "", contrechamp.DeviceCount, cameras(40, contrechamp.Exactly), contrechamp.Asserted),
		}, ""},
		{"about a thousand admits 950", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.DeviceCount, cameras(1000, contrechamp.About), contrechamp.Asserted),
			said("b", 2021, "", contrechamp.DeviceCount, cameras(950, contrechamp.Exactly), contrechamp.Asserted),
		}, ""},
		{"at least a hundred admits a thousand", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.DeviceCount, cameras(100, contrechamp.AtLeast), contrechamp.Asserted),
			said("b", 2021, "", contrechamp.DeviceCount, cameras(1000, contrechamp.Exactly), contrechamp.Asserted),
		}, ""},
		{"numbers of different years both hold", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.DeviceCount, cameras(1000, contrechamp.Exactly), contrechamp.Asserted),
			with(said("b", 2021, "", contrechamp.DeviceCount, cameras(2000, contrechamp.Exactly), contrechamp.Asserted), in2023),
		}, ""},
		{"a year contains its month", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.Since, contrechamp.Value{Date: contrechamp.Date{Year: 2019}}, contrechamp.Asserted),
			said("b", 2021, "", contrechamp.Since, contrechamp.Value{Date: contrechamp.Date{Year: 2019, Month: 6}}, contrechamp.Asserted),
		}, ""},
		{"two years of beginning", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.Since, contrechamp.Value{Date: contrechamp.Date{Year: 2019}}, contrechamp.Asserted),
			said("b", 2023, "", contrechamp.Since, contrechamp.Value{Date: contrechamp.Date{Year: 2017}}, contrechamp.Asserted),
		}, "different values:since=2017|2019"},
		{"two costs may both hold", []contrechamp.Sourced{
			said("a", 2021, "", contrechamp.Cost, contrechamp.Value{Number: 3e6, Unit: "EUR"}, contrechamp.Asserted),
			said("b", 2021, "", contrechamp.Cost, contrechamp.Value{Number: 5e6, Unit: "EUR"}, contrechamp.Asserted),
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, d := range Disagree(belgrade, tt.claims) {
				var sides []string
				for _, s := range d.Sides {
					for _, c := range s.Claims {
						if d.Kind == contrechamp.DifferentValues && !Compatible(c.Value, s.Value) {
							t.Errorf("the side %s holds %s", s.Value.Key(), c.Value.Key())
						}
					}
					switch {
					case d.Kind == contrechamp.AssertedDenied:
						sides = append(sides, string(s.Modality)+" "+string(rune('0'+s.Voices())))
					case !s.Value.Date.IsZero():
						sides = append(sides, s.Value.Date.String())
					default:
						sides = append(sides, strings.Fields(s.Value.Key()[2:])[0])
					}
				}
				got = append(got, string(d.Kind)+":"+string(d.Predicate)+"="+strings.Join(sides, "|"))
			}
			if g := strings.Join(got, ";"); g != tt.want {
				t.Errorf("got %q, want %q", g, tt.want)
			}
		})
	}
}

func TestDisagreementIDStaysWhenVoicesJoin(t *testing.T) {
	face := entityValue("face-recognition")
	claims := []contrechamp.Sourced{
		said("a", 2021, "", contrechamp.Capability, face, contrechamp.Asserted),
		said("a", 2021, "Milan", contrechamp.Capability, face, contrechamp.Denied),
	}
	before := Disagree(belgrade, claims)
	after := Disagree(belgrade, append(claims, said("b", 2022, "", contrechamp.Capability, face, contrechamp.Asserted)))
	if len(before) != 1 || len(after) != 1 || before[0].ID != after[0].ID {
		t.Errorf("got %v and %v", before, after)
	}
}

func TestCanonicalPrefersThePlaceThatAllShare(t *testing.T) {
	face := entityValue("face-recognition")
	programme := contrechamp.EntityRef{ID: "x-programme-safe-city", Kind: contrechamp.KindProgramme, Names: []string{"Safe City"}}
	claims := []contrechamp.Sourced{
		said("a", 2021, "", contrechamp.Capability, face, contrechamp.Asserted),
		said("a", 2021, "Milan", contrechamp.Capability, face, contrechamp.Denied),
	}
	for i := range claims {
		claims[i].About = []contrechamp.EntityRef{programme, belgrade}
	}
	found := Disagree(programme, claims)
	if len(found) != 1 || canonical(found[0]).ID != belgrade.ID {
		t.Fatalf("got %v", found)
	}
	claims[1].About = []contrechamp.EntityRef{programme}
	found = Disagree(programme, claims)
	if len(found) != 1 || canonical(found[0]).ID != programme.ID {
		t.Errorf("got %v, want it under the programme that both share", found)
	}
}

func TestAnOperatorInTwoTowns(t *testing.T) {
	face := entityValue("face-recognition")
	railway := contrechamp.EntityRef{ID: "o-railway", Kind: contrechamp.KindOrganisation, Names: []string{"Railway"}}
	in := func(town string, s contrechamp.Sourced) contrechamp.Sourced {
		s.About = []contrechamp.EntityRef{{ID: "place-fr-" + town, Kind: contrechamp.KindPlace, Names: []string{town}}, railway}
		return s
	}
	claims := []contrechamp.Sourced{
		in("dijon", said("a", 2021, "", contrechamp.DeviceCount, cameras(12, contrechamp.Exactly), contrechamp.Asserted)),
		in("nantes", said("b", 2021, "", contrechamp.DeviceCount, cameras(40, contrechamp.Exactly), contrechamp.Asserted)),
		in("dijon", said("a", 2021, "", contrechamp.Capability, face, contrechamp.Asserted)),
		in("nantes", said("b", 2021, "", contrechamp.Capability, face, contrechamp.Denied)),
	}
	if found := Disagree(railway, claims); len(found) > 0 {
		t.Errorf("what it runs in one town contradicts what it runs in another: %v", found)
	}
	claims = append(claims,
		in("nantes", said("c", 2021, "Mayor", contrechamp.Capability, face, contrechamp.Asserted)),
		in("dijon", said("c", 2021, "Mayor", contrechamp.Capability, face, contrechamp.Denied)))
	found := Disagree(railway, claims)
	if len(found) != 2 || found[0].ID == found[1].ID {
		t.Errorf("one disagreement for each town, with an ID of its own: %v", found)
	}
}
