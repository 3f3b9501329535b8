// Package storetest is the suite that every store passes: what the contracts beside the nouns promise, asked of a
// real engine. A second engine is done when it passes.
//
// What an engine can do beyond the contracts is asked, not guessed: a field of [Instance] that is nil is a
// capability it does not have, and the tests of it say so by name.
package storetest

import (
	"context"
	"testing"

	"contrechamp.org/contrechamp"
)

// Instance is a fresh, empty store under test. Its opener closes it when the test ends.
type Instance struct {
	Store contrechamp.Store

	// Reopen ends the store in good order and opens the same place again. Needed.
	Reopen func(t *testing.T) contrechamp.Store
	// Crash ends the store as a killed process would, in the middle of whatever it does, and opens the same place
	// again. nil where that cannot be had within one process.
	Crash func(t *testing.T) contrechamp.Store
	// Beside opens the same place once more for reading, while Store writes. nil where there is no such thing.
	Beside func(t *testing.T) contrechamp.Store
	// FailAt lets the nth step that writes from now on fail as a full disk would, and answers a function that ends
	// this and says whether the step was met. nil where steps cannot be made to fail.
	FailAt func(n int) (end func() bool)
	// Reindex makes the search index again. nil where there is none apart from the rows.
	Reindex func(ctx context.Context) error
}

// Run asks of a store all that the contracts promise. open answers a fresh, empty one each time; its jobs must be
// tried again without delay (Options.Backoff).
func Run(t *testing.T, open func(t *testing.T) Instance) {
	for _, group := range []struct {
		name string
		test func(t *testing.T, open func(t *testing.T) Instance)
	}{
		{"Captures", testCaptures}, {"Addresses", testAddresses}, {"Documents", testDocuments}, {"Texts", testTexts}, {"Claims", testClaims},
		{"Review", testReview}, {"Entities", testEntities}, {"Disagreements", testDisagreements},
		{"Copies", testCopies}, {"Search", testSearch}, {"Cameras", testCameras}, {"Leaves", testLeaves}, {"Inspect", testInspect}, {"Withheld", testWithheld}, {"Contributions", testContributions}, {"Jobs", testJobs}, {"Transactions", testTransactions},
		{"Life", testLife},
	} {
		t.Run(group.name, func(t *testing.T) { group.test(t, open) })
	}
}

// missing says which capability a test needs.
func missing(t *testing.T, capability string) {
	t.Helper()
	t.Skipf("this engine has no %s", capability)
}
