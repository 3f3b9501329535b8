package main

import (
	"context"
	"fmt"
	"os"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
)

func hearFile(name string) error {
	e, err := newEngine()
	if err != nil {
		return err
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: b, Now: readAt})
	if err != nil {
		return err
	}
	h, err := e.Hear(context.Background(), text)
	if err != nil {
		return err
	}
	for i, p := range text.Paragraphs {
		fmt.Printf("¶%d %s %s: %.90q\n", i, p.Role, p.Language, p.Of(text.Body))
		for _, x := range h {
			if x.Start >= p.Start && x.End <= p.End {
				fmt.Printf("      %v <- %q\n", x.Speaker.Names, text.Body[x.Start:x.End])
			}
		}
	}
	cs, _ := e.Candidates(context.Background(), text, readAt)
	for _, c := range cs {
		if c.Claim.Confidence < claim.Least {
			continue
		}
		fmt.Printf("  %s %s %s %s %v [%s %s]: %.100q\n", c.Claim.Main().Name(), c.Claim.Predicate, valueOf(c.Claim), c.Claim.Modality, speakerNames(c.Claim.Speaker), c.Claim.Rule, c.Why.Step, squeeze(c.Claim.Quote.Exact))
	}
	return nil
}
