package contrechamp

import (
	"context"
	"time"
)

// Jobs is the work that waits.
type Jobs interface {
	// Work reads what waits, at most n captures at once, until ctx ends, or, with untilEmpty, until nothing waits.
	// read answers what came of one capture, which Work records as SaveReading does, several in one transaction; saved,
	// if not nil, hears of each once it is durable. When read answers an error the job is tried again later and counted
	// as waiting; what will never succeed is a Reading with a Reason. A capture is handed out again after a crash.
	Work(ctx context.Context, n int, untilEmpty bool, read func(context.Context, Digest) (Reading, error), saved func(Reading)) error
	// Waiting counts the captures that wait to be read.
	Waiting(ctx context.Context) (int, error)
}

// Priority says which of the captures that wait is read first. The zero value is Usual.
type Priority int

// The priorities.
const (
	Usual  Priority = iota // named by a person
	Bulk                   // one of many: found in a folder or an archive
	Urgent                 // somebody asked for it again
)

// JobState says where a job stands.
type JobState string

// The states of a job.
const (
	JobWaiting JobState = "waiting"
	JobRunning JobState = "running"
	JobResting JobState = "resting" // it failed, and is tried again at Next
	JobDead    JobState = "dead"    // it failed too often, and is tried again only when somebody says so
)

// Job is the reading of one capture as those who keep the machine see it.
type Job struct {
	ID       int64     `json:"id"`
	Capture  Digest    `json:"capture"`
	State    JobState  `json:"state"`
	Priority Priority  `json:"priority"`
	Attempts int       `json:"attempts"`
	Next     time.Time `json:"next"`             // when it is due
	Worker   string    `json:"worker,omitempty"` // who has it, or had it last
	Reason   string    `json:"reason,omitempty"` // why it failed last
}

// JobKeeper is what can be asked of the queue, and done to it.
type JobKeeper interface {
	// ListJobs lists the jobs in one of the states (all four when none is given), the oldest first, at most limit.
	ListJobs(ctx context.Context, limit int, states ...JobState) ([]Job, error)
	// RetryJobs makes the dead and resting jobs of the captures due now, those of all when none is given, and
	// answers how many there were.
	RetryJobs(ctx context.Context, captures ...Digest) (int, error)
}
