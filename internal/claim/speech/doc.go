// Package speech hears who speaks in a text: by verbs of saying, quotation marks, labels of turns, headings, signatures, minutes and letterheads. For
// each claim it chooses whose words it is among all who are heard around it, and nobody, by weights in speaker.csv.
package speech
