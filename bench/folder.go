package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"contrechamp.org/contrechamp/bench/mixed"
	"contrechamp.org/contrechamp/internal/testenv/measure"
)

// mixedSeed is the folder's number: the same in every run.
const mixedSeed = 1

// mediaTypes are those of the kinds of the mixed folder as recoll names them.
var mediaTypes = map[mixed.Kind]string{
	mixed.HTML: "text/html", mixed.PDF: "application/pdf", mixed.RTF: "text/rtf", mixed.Mail: "message/rfc822",
	mixed.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	mixed.ODT:  "application/vnd.oasis.opendocument.text",
	mixed.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// mixedBesideRecoll reads a folder of many kinds (MIXED names one of people's own; otherwise it is made), and lets
// recollindex index the same folder in the same run. Both find it in memory, and the PDF engine was compiled before, which
// is done once a machine.
func mixedBesideRecoll(binary, folder string, files int) error {
	tmp, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	kinds := map[mixed.Kind]int{}
	if folder == "" {
		folder = filepath.Join(tmp, "folder")
		made, err := mixed.Make(folder, files, mixedSeed)
		if err != nil {
			return err
		}
		fmt.Printf("# mixed folder: %s\n", made)
		kinds = made.Files
	} else if files, err = countFiles(folder, kinds); err != nil {
		return err
	}
	warm := filepath.Join(tmp, "warm")
	if _, err := mixed.Make(warm, 20, mixedSeed); err != nil {
		return err
	}
	if out, err := exec.Command(binary, "--data", filepath.Join(tmp, "warm-data"), "add", warm).CombinedOutput(); err != nil {
		return fmt.Errorf("add: %w: %s", err, out)
	}
	ours, err := measure.Run(exec.Command(binary, "--data", filepath.Join(tmp, "data"), "add", folder))
	if err != nil {
		return err
	}
	config, recoll, err := recollConfig(tmp, folder)
	var theirs measure.Cost
	if err == nil {
		theirs, err = measure.Run(recoll)
	}
	ratio := func(a, b float64) string {
		if err != nil {
			return fmt.Sprintf("no peer: %v", err)
		}
		return fmt.Sprintf("%.2fx recollindex (%.2f)", a/b, b)
	}
	figure(fmt.Sprintf("mixed %d files, wall", files), ours.Wall.Seconds(), "s", ratio(ours.Wall.Seconds(), theirs.Wall.Seconds())+", limit 1.0x, target 0.5x")
	figure("mixed, processor time", ours.CPU.Seconds(), "s", ratio(ours.CPU.Seconds(), theirs.CPU.Seconds()))
	figure("mixed, peak memory of all", ours.PeakMiB, "MiB", ratio(ours.PeakMiB, theirs.PeakMiB)+", limit 512")
	if readers, err := readersOfPDF(binary, filepath.Join(tmp, "data")); err != nil {
		return err
	} else if all := sum(readers); all > 0 {
		left := all
		for reader, n := range readers {
			if strings.HasSuffix(reader, "+quick") {
				left -= n
			}
		}
		figure("mixed, PDF not read by the quick reader", 100*float64(left)/float64(all), "%", fmt.Sprintf("of %d documents: %v", all, readers))
	}
	if err != nil {
		return nil // said in each line
	}
	return recollFound(config, kinds)
}

// readersOfPDF counts the PDF documents of a data folder by who read them.
func readersOfPDF(binary, data string) (map[string]int, error) {
	out, err := exec.Command(binary, "--data", data, "documents", "--format", "json").Output()
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	var documents []struct{ Reader string }
	if err := json.Unmarshal(out, &documents); err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	readers := map[string]int{}
	for _, d := range documents {
		if strings.HasPrefix(d.Reader, "pdf/") {
			readers[d.Reader]++
		}
	}
	return readers, nil
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

func countFiles(folder string, kinds map[mixed.Kind]int) (int, error) {
	n := 0
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			kinds[mixed.Kind(strings.ToLower(strings.TrimPrefix(filepath.Ext(path), ".")))]++
			n++
		}
		return err
	})
	return n, err
}

var foundBy = regexp.MustCompile(`(?m)^(\d+) results`)

// recollFound says how many files of each kind recollindex has text of: what it has no helper for, it knows by name only,
// which costs it nothing.
func recollFound(config string, kinds map[mixed.Kind]int) error {
	query, err := exec.LookPath("recollq")
	if err != nil {
		return errors.New("recollq is not installed (Debian: recollcmd)")
	}
	var said []string
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if mediaTypes[kind] == "" {
			continue
		}
		// words that every text of the made folder has, in one of its languages
		c := exec.Command(query, "-c", config, "-n", "1", "mime:"+mediaTypes[kind]+" AND (de OR of OR der OR la OR il OR the)")
		c.Env = append(os.Environ(), "HOME="+filepath.Dir(config))
		out, err := c.CombinedOutput()
		m := foundBy.FindSubmatch(out)
		if m == nil {
			return fmt.Errorf("recollq: %v: %s", err, out)
		}
		said = append(said, fmt.Sprintf("%s %s of %d", kind, m[1], kinds[kind]))
	}
	fmt.Printf("# recollindex has text of: %s\n", strings.Join(said, ", "))
	if missing, err := os.ReadFile(filepath.Join(config, "missing")); err == nil && len(missing) > 0 {
		fmt.Printf("# recollindex lacks: %s\n", strings.Join(strings.Fields(string(missing)), " "))
	}
	return nil
}
