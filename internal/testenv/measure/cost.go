package measure

import "time"

// Cost is what a command and all that it started took.
type Cost struct {
	Wall, CPU time.Duration
	PeakMiB   float64 // of the resident memory of all its processes at one moment (PSS: what they share counts once)
	Processes int     // at most at one moment
}
