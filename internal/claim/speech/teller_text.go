package speech

import (
	"strings"

	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Who speaks much of a text speaks in it where nothing says so.

// countSpeakers numbers who speaks in the text, and counts how many sentences each has a part in. It is done once.
func (d *Doc) countSpeakers() {
	if d.speakersCounted {
		return
	}
	d.speakersCounted = true
	d.speakers = d.speakers[:0]
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for j := range s.Voices {
			v := &s.Voices[j]
			v.Who = -1
			if v.Speaker == nil || len(v.Speaker.Names) == 0 {
				continue
			}
			name := v.Speaker.Names[0]
			at, ok := d.speakerAt[name]
			last := lastName(name)
			if !ok && last != "" {
				at, ok = d.speakerAt[last]
			}
			if !ok {
				at = int32(len(d.speakers))
				d.speakers = append(d.speakers, textSpeaker{first: v, sent: -1})
				d.speakerAt[name] = at
				if last != "" {
					d.speakerAt[last] = at
				}
			}
			v.Who = at
			sp := &d.speakers[at]
			if sp.sent != i {
				sp.sent = i
				sp.sentences++
			}
			if v.Way == passage.ByLabel || v.Way == passage.ByDocument {
				sp.turns++
			}
		}
		if len(s.Voices) > 0 {
			d.voicedSents++
		}
	}
	d.chief = -1
	for i := range d.speakers {
		if d.chief < 0 || d.speakers[i].sentences > d.speakers[d.chief].sentences {
			d.chief = int32(i)
		}
	}
}

// textSpeaker is somebody who speaks in a text.
type textSpeaker struct {
	first     *passage.Voice
	sent      int // the last
	sentences int
	turns     int // sentences given by labels, or as the whole text's
}

// lastName is the last of several names with capitals, "" for others.
func lastName(name string) string {
	at := strings.LastIndexByte(name, ' ')
	if at < 0 || !word.StartsUpper(name) || !word.StartsUpper(name[at+1:]) {
		return ""
	}
	return name[at+1:]
}
