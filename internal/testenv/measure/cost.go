package measure

import "time"

// Cost is what a command and all that it started took.
type Cost struct {
	Wall, CPU time.Duration
	PeakMiB   float64 // of the resident memory of all its processes at one moment; memory that they share counts for each
	Processes int     // at most at one moment
}
