package main

import "testing"

func TestLimitFollowsTheHeap(t *testing.T) {
	for _, c := range []struct{ live, want int64 }{
		{0, memoryLimit},
		{60 << 20, memoryLimit},
		{75 << 20, memoryLimit},
		{100 << 20, 144 << 20},
		{110 << 20, 160 << 20},
		{117 << 20, 160 << 20},
		{118 << 20, mostLimit},
		{1 << 30, mostLimit},
	} {
		if got := limitFor(c.live); got != c.want {
			t.Errorf("%d MiB in use: limit of %d MiB, want %d", c.live>>20, got>>20, c.want>>20)
		}
	}
}
