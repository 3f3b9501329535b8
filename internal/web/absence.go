package web

import (
	"strconv"

	"contrechamp.org/contrechamp"
)

// absent is an address that gave no document any more, in words.
type absent struct {
	Address string
	Words   string
	Records string // the beginning of its evidence's digest
}

// absents writes absences down. One that was followed by another, with nothing between them, says nothing new: of a run,
// the first and the last are told.
func (r *request) absents(all []contrechamp.Absence) []absent {
	var out []absent
	for i, a := range all {
		if i > 0 && i+1 < len(all) && same(all[i-1], a) && same(a, all[i+1]) {
			continue
		}
		out = append(out, absent{a.Address, r.absence(a), a.Records.Short()})
	}
	return out
}

func same(a, b contrechamp.Absence) bool {
	return a.Address == b.Address && a.Kind == b.Kind && a.Status == b.Status && a.Returned.Equal(b.Returned)
}

// absence is an absence as a sentence, or two.
func (r *request) absence(a contrechamp.Absence) string {
	words := ""
	switch day := r.Day(a.At); a.Kind {
	case contrechamp.Gone:
		words = r.T("absence.gone", "status", strconv.Itoa(a.Status), "day", day)
	case contrechamp.Barred:
		words = r.T("absence.barred", "day", day)
	case contrechamp.NoHost:
		words = r.T("absence.no_host", "day", day)
	case contrechamp.Redirected:
		words = r.T("absence.redirected", "day", day)
	}
	if !a.Returned.IsZero() {
		words += " " + r.T("absence.returned", "day", r.Day(a.Returned))
	}
	return words
}
