package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"contrechamp.org/contrechamp"
)

// mostJobs is how many jobs one answer of ListJobs holds: the queue's own limit.
const mostJobs = 10_000

// riverStates are the queue's names for the states of a job.
var riverStates = map[contrechamp.JobState][]rivertype.JobState{
	contrechamp.JobWaiting: {rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateScheduled},
	contrechamp.JobRunning: {rivertype.JobStateRunning},
	contrechamp.JobResting: {rivertype.JobStateRetryable},
	contrechamp.JobDead:    {rivertype.JobStateDiscarded, rivertype.JobStateCancelled},
}

// ListJobs implements contrechamp.JobKeeper.
func (s *Database) ListJobs(ctx context.Context, limit int, states ...contrechamp.JobState) ([]contrechamp.Job, error) {
	const doing = "list the jobs"
	if limit <= 0 || limit > mostJobs {
		limit = mostJobs
	}
	var asked []rivertype.JobState
	for state, theirs := range riverStates {
		if len(states) == 0 || slices.Contains(states, state) {
			asked = append(asked, theirs...)
		}
	}
	slices.Sort(asked)
	params := river.NewJobListParams().Kinds(readKind).States(asked...).First(limit).OrderBy(river.JobListOrderByID, river.SortOrderAsc)
	var found []*rivertype.JobRow
	err := s.patiently(ctx, func() (err error) {
		found, err = s.queue.jobs(ctx, params)
		return err
	})
	if err != nil {
		return nil, failed(ctx, doing, err)
	}
	jobs := make([]contrechamp.Job, 0, len(found))
	for _, row := range found {
		job, err := jobOf(row)
		if err != nil {
			return nil, failed(ctx, doing, err)
		}
		jobs = append(jobs, job)
	}
	return jobs, nil
}

func jobOf(row *rivertype.JobRow) (contrechamp.Job, error) {
	job := contrechamp.Job{ID: row.ID, Priority: priorityOf(row.Priority), Attempts: row.Attempt, Next: row.ScheduledAt.UTC()}
	var args readJob
	if err := json.Unmarshal(row.EncodedArgs, &args); err != nil {
		return job, fmt.Errorf("job %d: %w: %w", row.ID, err, contrechamp.ErrAltered)
	}
	var err error
	if job.Capture, err = digestOf(args.Capture); err != nil {
		return job, fmt.Errorf("job %d: %w", row.ID, err)
	}
	for state, theirs := range riverStates {
		if slices.Contains(theirs, row.State) {
			job.State = state
		}
	}
	if n := len(row.AttemptedBy); n > 0 {
		job.Worker = row.AttemptedBy[n-1]
	}
	if n := len(row.Errors); n > 0 {
		job.Reason = row.Errors[n-1].Error
	}
	return job, nil
}

// RetryJobs implements contrechamp.JobKeeper. A dead job's capture waits again.
func (s *Database) RetryJobs(ctx context.Context, captures ...contrechamp.Digest) (int, error) {
	const doing = "try jobs again"
	if s.writer == nil {
		return 0, fmt.Errorf("%s: the store was opened for reading: %w", doing, contrechamp.ErrConflict)
	}
	n := 0
	for {
		jobs, err := s.ListJobs(ctx, mostJobs, contrechamp.JobDead, contrechamp.JobResting)
		if err != nil {
			return n, err
		}
		before := n
		for _, job := range jobs {
			if len(captures) > 0 && !slices.Contains(captures, job.Capture) {
				continue
			}
			err := s.write(ctx, doing, true, func(t tx) error {
				_, err := t.exec(ctx, `UPDATE capture SET state = 'waiting', reason = '' WHERE digest = $1 AND state = 'not read'`, job.Capture.String())
				return err
			})
			if err != nil {
				return n, err
			}
			if err := s.patiently(ctx, func() error { return s.queue.retry(ctx, job.ID) }); err != nil {
				return n, failed(ctx, doing, err)
			}
			n++
		}
		if len(jobs) < mostJobs || n == before {
			return n, nil
		}
	}
}
