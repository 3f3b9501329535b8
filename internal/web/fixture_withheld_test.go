package web

import (
	"context"
	"fmt"

	"contrechamp.org/contrechamp"
)

var withheldFixture = contrechamp.Withholding{Capture: contrechamp.Sum([]byte("withheld.html")), Ground: contrechamp.ByOrder,
	Reason: `order of the court of Valmère, 26/1234 <script>alert("reason")</script>`, Dated: contrechamp.Date{Year: 2026, Month: 10, Day: 30}, By: "lise", At: fixtureTime, Claims: 2, Erased: true}

func (s *shelf) Withholding(ctx context.Context, d contrechamp.Digest) (contrechamp.Withholding, error) {
	if d != withheldFixture.Capture {
		return contrechamp.Withholding{}, fmt.Errorf("withholding of %s: %w", d.Short(), contrechamp.ErrNotFound)
	}
	return withheldFixture, s.ask(ctx)
}

func (s *shelf) Withholdings(ctx context.Context, f contrechamp.WithholdingFilter) ([]contrechamp.Withholding, error) {
	if f.About != "" && f.About != valmere.ID {
		return nil, s.ask(ctx)
	}
	return []contrechamp.Withholding{withheldFixture}, s.ask(ctx)
}

var sentFixture = contrechamp.Contribution{Capture: contrechamp.Sum([]byte("photograph.jpg")), ReceivedAt: fixtureTime, HasPlace: true, Lat: 48.85824, Lon: 2.3515,
	Taken: contrechamp.Date{Year: 2026, Month: 5, Day: 4}, Note: "deux caméras <b>au coin</b>", Faces: 2, Boxes: 1, State: contrechamp.ContributionAccepted}

func (s *shelf) Contribution(ctx context.Context, d contrechamp.Digest) (contrechamp.Contribution, error) {
	if d != sentFixture.Capture {
		return contrechamp.Contribution{}, fmt.Errorf("contribution %s: %w", d.Short(), contrechamp.ErrNotFound)
	}
	return sentFixture, s.ask(ctx)
}
