package draft_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestWhoIsNotTheOne: who is said not to have supplied, run or opposed something is never claimed to have; who is named instead is.
func TestWhoIsNotTheOne(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		predicate      contrechamp.Predicate
		not, instead   string
	}{
		{"fr", "Les caméras de Lille\nThales n'a pas remporté le marché des caméras de Lille.", contrechamp.Vendor, "Thales", ""},
		{"fr", "Les caméras de Lille\nHuawei dément avoir fourni les caméras de Lille.", contrechamp.Vendor, "Huawei", ""},
		{"fr", "Les caméras de Lille\nLa société Thales a perdu le marché des caméras de Lille.", contrechamp.Vendor, "Thales", ""},
		{"fr", "Les caméras de Lille\nLes caméras de Lille ne viennent pas de Hikvision mais de Dahua.", contrechamp.Vendor, "Hikvision", "Dahua"},
		{"fr", "Les caméras de Lille\nLa Quadrature du Net ne s'oppose pas aux caméras de Lille.", contrechamp.Objection, "La Quadrature du Net", ""},
		{"fr", "Les caméras de Lille\nLa CNIL conteste les caméras de Lille.", contrechamp.Objection, "", "CNIL"},
		{"fr", "Les caméras de Lille\nLa CNIL, qui n'avait pas été consultée, conteste les caméras de Lille.", contrechamp.Objection, "", "CNIL"},
		{"fr", "Les caméras de Lille\nLa Ligue des droits de l'homme réclame un texte sur les caméras de Lille, sans pour autant s'opposer au projet.", contrechamp.Objection, "Ligue des droits de l'homme", ""},
		{"en", "Cameras in Leeds\nAxon lost the contract for the cameras in Leeds to Motorola.", contrechamp.Vendor, "Axon", "Motorola"},
		{"en", "Cameras in Leeds\nThe cameras in Leeds are not from Hikvision but from Dahua.", contrechamp.Vendor, "Hikvision", "Dahua"},
		{"en", "Cameras in Leeds\nLeeds rejected an offer from Hikvision.", contrechamp.Vendor, "Hikvision", ""},
		{"en", "Cameras in Leeds\nLiberty does not object to the cameras in Leeds.", contrechamp.Objection, "Liberty", ""},
		{"en", "Cameras in Leeds\nBig Brother Watch did not hide its anger and denounced the cameras in Leeds.", contrechamp.Objection, "", "Big Brother Watch"},
		{"de", "Kameras in Köln\nDie Kameras in Köln stammen nicht von Hikvision, sondern von Dahua.", contrechamp.Vendor, "Hikvision", "Dahua"},
		{"de", "Kameras in Köln\nHikvision lieferte die Kameras in Köln nicht.", contrechamp.Vendor, "Hikvision", ""},
		{"de", "Kameras in Köln\nDie Anlage in Köln wird nicht von der Polizei betrieben, sondern von der Stadt.", contrechamp.Operator, "polizei von Köln", ""},
		{"de", "Kameras in Köln\nDigitalcourage hat keine Einwände gegen die Kameras in Köln.", contrechamp.Objection, "Digitalcourage", ""},
		{"en", "Cameras in Leeds\nNobody objects to the cameras in Leeds, not even Liberty.", contrechamp.Objection, "Liberty", ""},
		{"en", "Cameras in Leeds\nNone of this placates Liberty, which opposes the cameras in Leeds.", contrechamp.Objection, "", "Liberty"},
		{"fr", "Les caméras de Lille\nLe système de Lille n'est pas exploité par la police mais par la société Keolis.", contrechamp.Operator, "police", "Keolis"},
		{"es", "Cámaras en Madrid\nNo es la policía sino el ayuntamiento quien opera las cámaras de Madrid.", contrechamp.Operator, "policía", "ayuntamiento"},
		{"es", "Cámaras en Madrid\nLas cámaras de Madrid no son de Hikvision sino de Dahua.", contrechamp.Vendor, "Hikvision", "Dahua"},
		{"es", "Cámaras en Madrid\nLa AEPD no se opone a las cámaras de Madrid.", contrechamp.Objection, "AEPD", ""},
		{"it", "Telecamere a Como\nLe telecamere di Como non sono di Hikvision ma di Dahua.", contrechamp.Vendor, "Hikvision", "Dahua"},
		{"it", "Telecamere a Como\nHikvision non ha fornito le telecamere di Como.", contrechamp.Vendor, "Hikvision", ""},
	} {
		instead := tt.instead == ""
		for _, c := range claimtest.Claims(t, e, claimtest.Article(tt.text+"\n", tt.language)) {
			if c.Predicate != tt.predicate || c.Confidence < claim.Least || c.Modality == contrechamp.Denied {
				continue
			}
			names := strings.Join(c.Value.Entity.Names, "/")
			if tt.not != "" && strings.Contains(names, tt.not) {
				t.Errorf("%s: %s", tt.text, claim.Describe(c))
			}
			instead = instead || strings.Contains(names, tt.instead)
		}
		if !instead {
			t.Errorf("%s: not %s", tt.text, tt.instead)
		}
	}
}

// TestNotSoMany: a number that is set right is denied.
func TestNotSoMany(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text string }{
		{"fr", "Les caméras de Lille\nLille n'a pas 200 caméras, mais 140."},
		{"en", "Cameras in Leeds\nLeeds does not have 200 cameras but 140."},
		{"de", "Kameras in Köln\nKöln hat nicht 200 Kameras, sondern 140."},
		{"es", "Cámaras en Madrid\nMadrid no tiene 200 cámaras, sino 140."},
		{"it", "Telecamere a Como\nComo non ha 200 telecamere, ma 140."},
		{"de", "Kameras in Köln\nStatt 200 Kameras kaufte Köln nur 140."},
		{"fr", "Les caméras de Lille\nLille a acheté 140 caméras au lieu de 200."},
		{"en", "Cameras in Leeds\nLeeds bought 140 cameras instead of 200."},
	} {
		for _, c := range claimtest.Claims(t, e, claimtest.Article(tt.text+"\n", tt.language)) {
			if c.Predicate == contrechamp.DeviceCount && c.Confidence >= claim.Least && (c.Value.Number == 200) != (c.Modality == contrechamp.Denied) {
				t.Errorf("%s: %s", tt.text, claim.Describe(c))
			}
		}
	}
}

// TestDisclaimedIsExplained: the explanation shows what denies that it is so.
func TestDisclaimedIsExplained(t *testing.T) {
	e := claimtest.Engine(t)
	text := claimtest.Article("Les caméras de Lille\nLes caméras de Lille ne viennent pas de Hikvision mais de Dahua.\n", "fr")
	list, err := e.Candidates(t.Context(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if c.Claim.Predicate != contrechamp.Vendor {
			continue
		}
		i := slices.IndexFunc(c.Why.Slots, func(s contrechamp.Slot) bool { return s.Name == "denied" })
		if denied := c.Claim.Modality == contrechamp.Denied; denied != (i >= 0) || denied && c.Why.Slots[i].Words != "pas de Hikvision" {
			t.Errorf("%s: explained by %v", claim.Describe(c.Claim), c.Why.Slots)
		}
	}
}
