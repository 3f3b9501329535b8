// Package dateparser stands in for github.com/markusmobius/go-dateparser, which go-htmldate names but which we never
// call: we always skip its extensive search (internal/read asks with SkipExtensiveSearch, and reads date lines with
// internal/calendar). The real package builds the tables of two hundred locales whenever the program starts: 190 ms
// and 90 MB of allocations for every command. This one has the names that go-htmldate compiles against, and a
// Parse that says that it is not there. docs/decisions/0020 has the measurement.
package dateparser

import (
	"errors"
	"time"
)

// ErrNotBuiltIn is what Parse always answers.
var ErrNotBuiltIn = errors.New("dateparser: the extensive search for dates is not built in")

// ParserType names a way of parsing.
type ParserType int

// The ways that go-htmldate names.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
	Timestamp
	NegativeTimestamp
	RelativeTime
	NoSpacesTime
)

// PreferredDateSource says which of two readings of a date is preferred.
type PreferredDateSource int

// The preferences.
const (
	CurrentPeriod PreferredDateSource = iota
	Past
	Future
)

// Configuration is what go-htmldate's callers may set.
type Configuration struct {
	CurrentTime         time.Time
	StrictParsing       bool
	PreferredDateSource PreferredDateSource
}

// Parser is what go-htmldate holds.
type Parser struct {
	ParserTypes []ParserType
}

// Date is what a parser would answer.
type Date struct {
	Time time.Time
}

// Parse answers ErrNotBuiltIn.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) { return Date{}, ErrNotBuiltIn }
