package facsimile

import (
	"regexp"
	"strings"
)

// calmCSS takes from a style sheet, or from the value of a style attribute, all that fetches: rules that import others, and
// the functions that name an address. What could hide a name goes first: comments, and escapes (CSS Syntax 3, sections
// 4.3.2 and 4.3.7), those in strings too, so that it makes no difference where a browser sees a string begin. The result
// has neither, whatever came in; a few selectors and signs are lost by it.
func calmCSS(css string) string {
	css = comments.ReplaceAllString(css, " ")
	css = escapes.ReplaceAllString(css, "_")
	css = fetches.ReplaceAllString(css, "none(")
	css = imports.ReplaceAllString(css, "@none")
	// where a browser ignores the tag around it, in a list of choices for one, a style sheet is read as markup
	return strings.ReplaceAll(css, "<", " ")
}

var (
	comments = regexp.MustCompile(`(?s)/\*.*?(\*/|$)`)
	escapes  = regexp.MustCompile(`\\([0-9a-fA-F]{1,6}\s?)?`)
	// url() takes a string or bare characters, the others strings (CSS Values 4, Images 4, Fonts 4)
	fetches = regexp.MustCompile(`(?i)(url|src|image|(-[a-z]+-)?image-set|(-webkit-)?cross-fade|element|expression)\s*\(`)
	imports = regexp.MustCompile(`(?i)@\s*(import|namespace|charset|font-face|property)`)
)
