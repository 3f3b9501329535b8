package pdf

import (
	"fmt"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

var refuse = flow.Refuse

var errNoEngine = fmt.Errorf("the PDF engine does not start: %w", contrechamp.ErrUnavailable)

func (f failure) sentence() error {
	switch f {
	case encrypted:
		return refuse("the PDF document is encrypted and needs a password")
	case security:
		return refuse("the PDF document is encrypted in a way that is not known")
	case noPages:
		return refuse("the PDF document has no pages")
	}
	return refuse("the PDF document is damaged and cannot be opened")
}

// PagesOf names pages, in order: "page 3", "pages 3-5, 9".
func PagesOf(numbers []int) string {
	var b strings.Builder
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		if i == j {
			fmt.Fprintf(&b, "%d", numbers[i])
		} else {
			fmt.Fprintf(&b, "%d-%d", numbers[i], numbers[j])
		}
		i = j + 1
	}
	if len(numbers) == 1 {
		return "page " + b.String()
	}
	return "pages " + b.String()
}
