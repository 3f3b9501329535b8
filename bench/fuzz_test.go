package main

import "testing"

func TestChosen(t *testing.T) {
	for _, tt := range []struct {
		target, only string
		first, runs  bool
	}{
		{"internal/read.FuzzText", "", true, true},
		{"internal/read.FuzzText", "internal/read,internal/archive", true, true},
		{"internal/word.FuzzCut", "internal/read,internal/archive", false, true},
		{"internal/read.FuzzText", "-internal/read", false, true}, // the rest
		{"internal/word.FuzzCut", "-internal/read", true, true},
		{"internal/read/pdf.FuzzRoads", "internal/read,-FuzzRoads", false, false},
		{"internal/read/pdf.FuzzQuick", "internal/read,-FuzzRoads", true, true},
		{"internal/word.FuzzCut", "internal/read,-FuzzRoads", false, true},
	} {
		if first, runs := chosen(tt.target, tt.only); first != tt.first || runs != tt.runs {
			t.Errorf("%s of %q: first %v, runs %v", tt.target, tt.only, first, runs)
		}
	}
}
