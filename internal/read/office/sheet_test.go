package office

import "testing"

func TestDateFormat(t *testing.T) {
	for code, want := range map[string]bool{
		"General": false, "GENERAL": false, "Standard": false, "0": false, "0.00": false, "#,##0.00 €": false, `0 "jours"`: false, `0" d"`: false, `0\d`: false,
		"[Red]0.00": false, "0.00E+00": false, "h:mm AM/PM": false, "[h]:mm:ss": false, `_-* #,##0.00 [$€-40C]_-`: false, "0;[Red]d": false,
		"dd/mm/yyyy": true, "yyyy-mm-dd": true, "[$-40C]d mmmm yyyy;@": true, "mmm\\-yy": true, "m/d/yy h:mm": true, "YYYY": true,
	} {
		if got := dateFormat(code); got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
}
