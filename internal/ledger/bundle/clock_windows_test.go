package bundle_test

import (
	"testing"
	"time"
)

// processorTime is not asked for here.
func processorTime(testing.TB) time.Duration { return 0 }
