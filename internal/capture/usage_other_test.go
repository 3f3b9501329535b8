//go:build !unix

package capture

import "time"

func processorTime() time.Duration { return 0 }
