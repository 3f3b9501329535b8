package grammar

import "strings"

// frenchVerbs are the endings of regular verbs, by the ending of their infinitive. The files name irregular
// forms one by one.
var frenchVerbs = map[string][]string{
	"er": strings.Fields("er e es ent ons ez é ée és ées ait aient era eront erait eraient ant a èrent"),
	"ir": strings.Fields("ir it issent issons i ie is ies issait issaient ira iront irait iraient issant irent"),
	"re": strings.Fields("re e ent ait aient ra ront rait raient ant u ue us ues it irent"),
}

// inflect returns the forms that a word of a rule file stands for: see rulefile.Parse.
func inflect(w string) []string {
	stem, how, ok := strings.Cut(w, "/")
	if !ok {
		return []string{w}
	}
	var out []string
	switch how {
	case "er", "ir":
		base := strings.TrimSuffix(stem, how)
		for _, ending := range frenchVerbs[how] {
			out = append(out, base+ending)
			if how == "er" && strings.HasSuffix(base, "g") && strings.IndexAny(ending, "ao") == 0 {
				out = append(out, base+"e"+ending)
			}
		}
	case "re":
		base := strings.TrimSuffix(stem, how)
		for _, ending := range frenchVerbs[how] {
			out = append(out, base+ending)
		}
		out = append(out, base, base+"s")
	case "v":
		out = englishVerb(stem)
	case "n":
		out = []string{stem, plural(stem)}
		if s, found := strings.CutSuffix(stem, "al"); found {
			out = append(out, s+"aux")
		}
	case "a":
		out = []string{stem, stem + "s", stem + "e", stem + "es"}
		if s, found := strings.CutSuffix(stem, "ien"); found {
			out = append(out, s+"ienne", s+"iennes")
		}
		if s, found := strings.CutSuffix(stem, "if"); found {
			out = append(out, s+"ive", s+"ives")
		}
	default:
		return []string{w}
	}
	return out
}

func plural(s string) string {
	switch {
	case strings.HasSuffix(s, "s") || strings.HasSuffix(s, "x"):
		return s
	case strings.HasSuffix(s, "eau") || strings.HasSuffix(s, "eu"):
		return s + "x"
	case strings.HasSuffix(s, "y") && len(s) > 1 && !strings.ContainsRune("aeiou", rune(s[len(s)-2])):
		return s[:len(s)-1] + "ies"
	case strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "sh"):
		return s + "es"
	}
	return s + "s"
}

// englishVerb returns the forms of a regular English verb.
func englishVerb(s string) []string {
	out := []string{s, plural(s)}
	switch {
	case strings.HasSuffix(s, "e"):
		return append(out, s+"d", s[:len(s)-1]+"ing")
	case strings.HasSuffix(s, "ss"):
		return append(out, s+"es", s+"ed", s+"ing")
	case strings.HasSuffix(s, "y") && len(s) > 1 && !strings.ContainsRune("aeiou", rune(s[len(s)-2])):
		return append(out, s[:len(s)-1]+"ied", s+"ing")
	}
	last := s[len(s)-1:]
	return append(out, s+"ed", s+"ing", s+last+"ed", s+last+"ing")
}
