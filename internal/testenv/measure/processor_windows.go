package measure

import (
	"testing"
	"time"
)

// ProcessorTime is 0: it is measured on Unix only.
func ProcessorTime(testing.TB) time.Duration { return 0 }

// ChildrenTime is 0: it is measured on Unix only.
func ChildrenTime(testing.TB) time.Duration { return 0 }

// Processor is 0: it is measured on Unix only.
func Processor() (time.Duration, error) { return 0, nil }
