package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"image"
	"sync"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture/photo"
)

// Contributions takes pictures that visitors sent and confirmed.
type Contributions interface {
	// Contribute keeps a picture, a JPEG without anything beside its pixels, with what was confirmed of it. It answers the
	// picture's digest. Durable on return.
	Contribute(ctx context.Context, jpeg []byte, c contrechamp.Contribution) (contrechamp.Digest, error)
}

// Limits of the desk. Pictures lie in memory only; there is no telling visitors apart, so that limits hold for all together.
const (
	maxSheets    = 4                // pictures on the desk at one time: each takes up to 26 MiB
	sheetLife    = 20 * time.Minute // after which an unconfirmed picture is forgotten
	sentBurst    = 8                // pictures that may be sent at once
	sentEvery    = 2 * time.Minute  // and then one in this time
	decodeBudget = 45 * time.Second // to decode and look for faces
	receiveLimit = 3 * time.Minute  // to receive it: 25 MiB at 1.2 Mbit/s
	maxBoxes     = 200              // that a person may cover in one picture
)

// errBusy: the desk is full, or too many pictures came in a short time.
var errBusy = fmt.Errorf("too many photographs at this moment: %w", contrechamp.ErrUnavailable)

// desk holds the pictures that visitors are looking through before they are kept. Nothing of them is written anywhere: a
// program that ends forgets them. A picture is reached by a name that only the page which made it knows.
type desk struct {
	mu      sync.Mutex
	sheets  map[string]*sheet
	tokens  float64 // how many may be sent now
	counted time.Time
	now     func() time.Time
	opening chan struct{} // one picture is decoded at a time: it takes memory
}

// sheet is a picture on the desk.
type sheet struct {
	mu      sync.Mutex
	picture *photo.Picture
	boxes   int // that the person covered
	end     *time.Timer
}

func newDesk(now func() time.Time) *desk {
	return &desk{sheets: map[string]*sheet{}, tokens: sentBurst, counted: now(), now: now, opening: make(chan struct{}, 1)}
}

// admit lets a picture be sent, or answers errBusy.
func (d *desk) admit() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	d.tokens = min(sentBurst, d.tokens+float64(now.Sub(d.counted))/float64(sentEvery))
	d.counted = now
	if d.tokens < 1 || len(d.sheets) >= maxSheets {
		return errBusy
	}
	d.tokens--
	return nil
}

// open decodes what was sent, and lays it on the desk. It answers the picture's name.
func (d *desk) open(ctx context.Context, sent []byte) (string, error) {
	select {
	case d.opening <- struct{}{}:
		defer func() { <-d.opening }()
	case <-ctx.Done():
		return "", errBusy
	}
	picture, err := photo.Open(sent)
	if err != nil {
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.sheets) >= maxSheets {
		return "", errBusy
	}
	name := rand.Text()
	d.sheets[name] = &sheet{picture: picture, end: time.AfterFunc(sheetLife, func() { d.forget(name) })}
	return name, nil
}

// find answers a picture on the desk: ErrNotFound when it was kept, forgotten, or never there.
func (d *desk) find(name string) (*sheet, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.sheets[name]
	if !ok {
		return nil, fmt.Errorf("no photograph of that name is being looked through: %w", contrechamp.ErrNotFound)
	}
	return s, nil
}

func (d *desk) forget(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if s, ok := d.sheets[name]; ok {
		s.end.Stop()
		delete(d.sheets, name)
	}
}

// cover covers a box given in parts of the picture's sides, from 0 to 1.
func (s *sheet) cover(left, top, width, height float64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.boxes >= maxBoxes {
		return fmt.Errorf("more than %d areas: %w", maxBoxes, contrechamp.ErrInvalid)
	}
	b := s.picture.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	box := image.Rect(int(left*w), int(top*h), int((left+width)*w+0.999), int((top+height)*h+0.999)).Intersect(b)
	if box.Empty() {
		return fmt.Errorf("an area outside of the picture: %w", contrechamp.ErrInvalid)
	}
	s.picture.Cover(box)
	s.boxes++
	return nil
}
