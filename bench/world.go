package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/weigh"
)

// worldLooks keeps the first looks at texts of the world, in their order.
const worldLooks = "docs/world-looks.csv"

// closedSet reports whether a set of texts of the world was kept closed until all else was done.
func closedSet(name string) bool { return strings.HasSuffix(name, "-closed") }

// worldSection writes how claims fare on texts that were published, not written for a measurement. They are not ours to keep: what stays are the
// figures, and where each text lies.
func worldSection(w *bytes.Buffer, looks string) error {
	rows, err := firstLooks(looks)
	if err != nil || len(rows) == 0 {
		return err
	}
	fmt.Fprint(w, `
## Texts of the world

Passages of 700 to 2,200 characters from public repositories (news, parliaments, councils, associations, firms, crime reports), read claim by claim by readers who knew neither the
code nor its rules; [testdata/world](../testdata/world/README.md) says where each lies. The texts are other people's: they are not kept here, none of them was learnt from as a text, and `+"`make score`"+` cannot read them again.
Sets that end in `+"`-closed`"+` were looked at once, when all else was done, by the build that is named; what was wrong in the others was read after their first look.
They are sparse, most of what they say is about other things, and many name their town once or never. This is what a user should expect of such texts.

| set | texts | gold | precision | recall | modality | confident: precision | confident: recall |
|---|---|---|---|---|---|---|---|
`)
	row := func(name, documents string, rows []map[string]string) error {
		t, err := pooled(rows)
		if err != nil {
			return err
		}
		modality := "" // of several sets it cannot be reckoned
		if len(rows) == 1 {
			modality = rows[0]["modality"]
		}
		fmt.Fprintf(w, "| %s | %s | %.0f | %.3f | %.3f | %s | %.3f | %.3f |\n", name, documents, t.gold, t.right/max(1, t.proposed), t.right/max(1, t.gold), modality, t.sureRight/max(1, t.sure), t.sureRight/max(1, t.gold))
		return nil
	}
	for _, group := range worldGroups(rows) {
		var of []map[string]string
		for _, r := range rows {
			if groupOf(r) != group {
				continue
			}
			of = append(of, r)
			if err := row(fmt.Sprintf("%s (`%s`)", r["lot"], r["commit"]), r["documents"], of[len(of)-1:]); err != nil {
				return err
			}
		}
		name := "those read afterwards, together"
		if group != "" {
			name = fmt.Sprintf("closed up to `%s`, together", group)
		}
		if err := row(name, "", of); err != nil {
			return err
		}
	}
	return publishedSection(w)
}

// publishedSection writes how often claims of a confidence are right on published documents.
func publishedSection(w *bytes.Buffer) error {
	counts, err := readPublished(worldConfidence)
	if err != nil || len(counts) == 0 {
		return err
	}
	fmt.Fprintf(w, `
How often claims of a confidence are right on those that were looked at before the last weights, none of which was learnt from as a text ([world-confidence.csv](world-confidence.csv)); what a reader may
leave out counts as right here, and as neither in the table above. By the weights alone they would be less sure than said: %.2f is added to the log-odds of every claim for it.

| confidence | right | wrong | share right |
|---|---|---|---|
`, min(0, publishedShift(counts)))
	var bands [10]oddsCount
	for _, x := range counts {
		if p := weigh.Logistic(x.from + oddsStep/2 + min(0, publishedShift(counts))); p >= 0.3 {
			b := &bands[min(int(p*10), 9)]
			b.right, b.wrong = b.right+x.right, b.wrong+x.wrong
		}
	}
	for i, b := range bands {
		if n := b.right + b.wrong; n > 0 {
			fmt.Fprintf(w, "| %.1f to %.1f | %.0f | %.0f | %.2f |\n", float64(i)/10, float64(i+1)/10, b.right, b.wrong, b.right/n)
		}
	}
	return nil
}

// groupOf is the build that a closed set was looked at by, "" for one that was not closed.
func groupOf(row map[string]string) string {
	if closedSet(row["lot"]) {
		return row["commit"]
	}
	return ""
}

// worldGroups are the groups of looks, in their order.
func worldGroups(rows []map[string]string) []string {
	var out []string
	for _, r := range rows {
		if g := groupOf(r); !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}
