// Command bench measures the program as a whole: its figures beside those of a peer in the same run, the quality
// of its claims on the known sets, and its fuzz targets. It is for those who build Contrechamp; `make` calls it.
//
// A figure is one line: name, value, unit, and, where there is a peer, the ratio to it. Machines are shared: quote
// ratios and processor seconds, not rates.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"

	"contrechamp.org/contrechamp/bench/mixed"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("want one of: figures, score, said, heard, hear, looked, published, words, train, subjects, chosen, accuracy, speed, fuzz, articles, mixed, osm")
	}
	flags := flag.NewFlagSet("bench "+args[0], flag.ContinueOnError)
	shared := flags.String("shared", "../shared", "folder with the corpus and its scoring")
	binary := flags.String("binary", "bin/contrechamp", "the program to measure")
	pages := flags.Int("pages", 2000, "figures: how many pages are made for add")
	files := flags.Int("files", 1800, "figures, mixed: how many files the mixed folder has")
	only := flags.String("only", "", "figures: only those whose name begins so; speed: dense, long, mixed or other; fuzz: packages or targets, \"internal/read,internal/archive\", or \"-internal/read\" for all others")
	limit := flags.String("time", "20s", "fuzz: time for each target")
	rest := flags.String("rest", "", "fuzz: time for each target that --only leaves out; without it they do not run")
	side := flags.Int("side", 2, "fuzz: how many targets run side by side, each with one worker")
	pagesOf := flags.String("articles", os.Getenv("ARTICLES"), "folder of scrapinghub/article-extraction-benchmark")
	worst := flags.Int("worst", 0, "articles: list so many of the pages that went worst")
	out := flags.String("out", "", "osm: the file to write; speed: a file for what is proposed; mixed: the folder")
	rounds := flags.Int("rounds", 5, "speed: how often each kind of text is read")
	profile := flags.String("profile", "", "speed: a file for the profile of processor time")
	size := flags.Int64("size", 600, "figures, osm: at least how many MB the made OpenStreetMap file has")
	flags.Float64Var(&penalty, "penalty", penalty, "train: how much the weights of the confidence are held down")
	flags.Float64Var(&subjectPenalty, "subject-penalty", subjectPenalty, "train: how much the weights of the choice of subjects are held down")
	flags.Float64Var(&subjectWordPenalty, "subject-word-penalty", subjectWordPenalty, "train: and those of the words around what may be the subject")
	flags.IntVar(&fewest, "fewest", fewest, "train: features that fewer candidates have get no weight")
	flags.Float64Var(&speakerPenalty, "speaker-penalty", speakerPenalty, "train: how much the weights of the choice of speakers are held down")
	dry := flags.Bool("dry", false, "train: measure only, write nothing")
	fitOnly := flags.Bool("fit", false, "train: fit and write only, measure nothing left out")
	quick := flags.Bool("quick", false, "train: leave halves of the lots out only, not all in their groups")
	list := flags.Bool("errors", false, "score: list what was missed and what was wrong, with the cause, and count the causes; chosen: list the wrong choices")
	sets := flags.String("sets", "", "score, said, heard: of these sets only, parted by commas; score: a name that ends in .zip is a file of your own, with its gold; published: such files, of documents that were published; looked: the lot")
	leftOut := flags.Bool("left-out", false, "score --errors: weigh by models that were fitted without these sets")
	held := flags.String("held", "", "score --errors: sets to count without listing, so that nobody tunes on them")
	looks := flags.String("looks", "docs/first-looks.csv", "score, train, subjects: the record of first looks: whoever builds keeps to the lots that it lists")
	rules := flags.String("rules", "docs/first-look-rules.csv", "train: what each rule did on first looks")
	swap := flags.String("swap", "", "subjects, train --dry: change the towns of the gold for \"others\" of their country, or for names \"unknown\" to everybody")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	switch args[0] {
	case "figures":
		return figures(*binary, *shared, *pages, *files, *size, *only)
	case "articles":
		return articles(*pagesOf, *worst)
	case "score":
		if *list {
			unseen := ""
			if *leftOut {
				unseen = *rules
			}
			return listErrors(*shared, *looks, unseen, commas(*sets), commas(*held))
		}
		return score(*shared, *looks, commas(*sets))
	case "said":
		return listSaid(*shared, *looks, commas(*sets))
	case "heard":
		return heard(*shared, *looks, commas(*sets))
	case "hear":
		return hearFile(flags.Arg(0))
	case "accuracy":
		return accuracy(*shared, "docs/first-looks.csv", "docs/first-look-rules.csv", "docs/accuracy.md")
	case "words":
		return listWords(*shared, *looks)
	case "train":
		return train(*shared, *looks, *rules, "internal/claim", *quick, *dry, *fitOnly, commas(*sets), *swap)
	case "subjects":
		return subjects(*shared, *looks, commas(*sets), *swap)
	case "chosen":
		return subjectsChosen(*shared, *looks, *list)
	case "looked":
		return recordRules(*shared, "docs/first-looks.csv", "docs/first-look-rules.csv", *sets)
	case "published":
		return recordPublished(commas(*sets), worldConfidence)
	case "speed":
		return speed(*shared, *looks, *only, *rounds, *profile, *out)
	case "fuzz":
		return fuzzing{limit: *limit, only: *only, rest: *rest, side: *side}.run(context.Background())
	case "mixed":
		made, err := mixed.Make(*out, *files, mixedSeed)
		if err == nil {
			fmt.Printf("%s: %s\n", *out, made)
		}
		return err
	case "osm":
		extracts, err := extractsIn(*shared)
		if err != nil {
			return err
		}
		copies, err := makePlanet(context.Background(), *out, extracts, *size*1e6)
		if err == nil {
			fmt.Printf("%s: %d copies of %d extracts\n", *out, copies, len(extracts))
		}
		return err
	}
	return fmt.Errorf("there is no %q: want figures, score, said, heard, hear, looked, train, subjects, chosen, accuracy, speed, fuzz, articles, mixed or osm", args[0])
}

// commas parts a list at its commas.
func commas(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}
