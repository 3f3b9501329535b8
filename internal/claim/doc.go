// Package claim proposes what a text says of surveillance systems: claims, each with the words that say it.
//
// It reads one text at a time and knows nothing but the text and the lexicon. The stages run in this order: words
// and sentences; mentions (numbers, dates, names of the lexicon, names by their shape); the subject of the whole
// document; programmes; who speaks in which words; rules; counts and capabilities; repeats merged.
//
// The rules are data, one file a language under rules/. A rule says how a language states a predicate, as a pattern
// over typed tokens; it carries examples that fire and examples that must not, and a test runs them all.
//
// The rooms below this one, from the ground up, each of which knows those below it only:
//
//	rulefile  reads rule files
//	grammar   compiles them
//	passage   cuts a text into words and sentences, and finds patterns in them
//	naming    finds what is named
//	subject   finds what the text is about, and whose a claim is
//	speech    hears who speaks
//	draft     tells how something is said: denied, planned, possible
//	frame     proposes by frames, counts, capabilities and tables
//	hint      weighs words where no rule speaks
//	weigh     says how sure each proposal is
//
// This one puts them in order and hands out what they find. Beside them, weight reads files of weights, second asks a second reader, and claimtest is
// for tests.
//
// Eight small models weigh, each a file of named weights that `make train` fits, beside the code that uses it: whether a name is a place's
// (naming/place.csv), what the whole text is about (subject/main.csv), whose a claim is (subject/subject.csv), whose words it is (speech/speaker.csv), whether a
// capability is denied (weigh/polarity.csv), whether what it says is planned (weigh/planned.csv), how likely it is right by itself (weigh/confidence.csv) and among
// the other claims of its text (weigh/peer.csv).
//
// What is guaranteed: the same text, lexicon and time give the same claims with the same IDs in the same order;
// every quote is a slice of the text's Body; only paragraphs whose role speaks propose claims; a person is never
// what a claim is about; what is proposed has a confidence of Least or more. By itself a claim is as sure as its value and its subject
// together; what the claims around it say of it is added. The weights are fitted on documents with gold, less the
// difference between those and documents at their first look. docs/accuracy.md shows how far to trust it.
package claim
