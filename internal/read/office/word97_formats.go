package office

import "slices"

// Formats of characters and paragraphs stand in pages of the file, by runs of its bytes (MS-DOC 2.8.5, 2.8.6, 2.9.33, 2.9.187).
const (
	pageSize     = 512
	runSize      = 1  // of what points to the formats of characters
	lineSize     = 13 // of what points to those of paragraphs
	sprmDeleted  = 0x0800
	sprmHidden   = 0x083C
	sprmInTable  = 0x2416
	sprmRowEnd   = 0x2417
	sprmList     = 0x460B
	lastHeading  = 9 // the styles 1 to 9 are headings, whatever they are called
	columnOffset = 2
)

// charRun is a stretch of the file whose characters are deleted or hidden.
type charRun struct {
	from, to uint32
	deleted  bool
}

// lineRun is a stretch of the file whose paragraphs are of one kind.
type lineRun struct {
	from, to                     uint32
	table, rowEnd, heading, list bool
}

// findFormats goes through the pages of formats.
func (w *word97) findFormats() {
	w.pages(fibRuns, runSize, func(from, to uint32, page []byte, at int) {
		deleted, hidden := false, false
		each(page[min(at+1, pageSize):min(at+1+int(page[at]), pageSize)], func(op uint16, value []byte) {
			switch op {
			case sprmDeleted:
				deleted = value[0] != 0
			case sprmHidden:
				hidden = value[0] == 1
			}
		})
		if deleted || hidden {
			w.marked = append(w.marked, charRun{from, to, deleted})
		}
	})
	w.pages(fibLines, lineSize, func(from, to uint32, page []byte, at int) {
		size := 2*int(page[at]) - 1
		if at++; size < 0 {
			size = 2 * int(page[min(at, pageSize-1)])
			at++
		}
		list := page[min(at, pageSize):min(at+size, pageSize)]
		r := lineRun{from: from, to: to}
		style := le16(list, 0)
		r.heading = style >= 1 && style <= lastHeading
		each(list[min(len(list), columnOffset):], func(op uint16, value []byte) {
			switch op {
			case sprmInTable:
				r.table = value[0] != 0
			case sprmRowEnd:
				r.rowEnd = value[0] != 0
			case sprmList:
				r.list = le16(value, 0) != 0
			}
		})
		if r.table || r.rowEnd || r.heading || r.list {
			w.lines = append(w.lines, r)
		}
	})
	slices.SortFunc(w.marked, func(a, b charRun) int { return int(int64(a.from) - int64(b.from)) })
	slices.SortFunc(w.lines, func(a, b lineRun) int { return int(int64(a.from) - int64(b.from)) })
}

// pages visits the runs of the pages whose list stands at a place of the head: where they begin and end in the file, and where in
// their page their formats stand.
func (w *word97) pages(fib, size int, visit func(from, to uint32, page []byte, at int)) {
	list := part(w.table, le32(w.main, fib), le32(w.main, fib+4))
	const entry = 4
	n := min((len(list)-entry)/(2*entry), len(w.main)/pageSize)
	for i := range max(0, n) {
		const number = 0x3fffff
		page := part(w.main, (le32(list, (n+1)*entry+i*entry)&number)*pageSize, pageSize)
		if len(page) < pageSize {
			continue
		}
		runs := int(page[pageSize-1])
		for j := range runs {
			offset := (runs+1)*entry + j*size
			if offset >= pageSize-1 {
				break
			}
			from, to := le32(page, j*entry), le32(page, (j+1)*entry)
			if at := int(page[offset]) * 2; at > 0 && at < pageSize-1 && from < to {
				visit(from, to, page, at)
			}
		}
	}
}

// each goes through a list of formats (MS-DOC 2.2.5.1); a value has at least one byte.
func each(list []byte, visit func(op uint16, value []byte)) {
	for len(list) >= 3 {
		op := le16(list, 0)
		size := 0
		switch op >> 13 {
		case 0, 1:
			size = 1
		case 2, 4, 5:
			size = 2
		case 3:
			size = 4
		case 7:
			size = 3
		default: // 6: its length stands first
			size = 1 + int(list[2])
		}
		end := min(len(list), 2+size)
		visit(op, list[2:end])
		list = list[end:]
	}
}

// lineAt answers the kind of the paragraph whose mark stands at a place of the file.
func (w *word97) lineAt(at uint32) lineRun {
	i, in := slices.BinarySearchFunc(w.lines, at, func(r lineRun, at uint32) int { return compareRun(r.from, r.to, at) })
	if !in {
		return lineRun{}
	}
	return w.lines[i]
}

// markedAt answers whether the character at a place of the file is deleted or hidden.
func (w *word97) markedAt(at uint32) (charRun, bool) {
	i, in := slices.BinarySearchFunc(w.marked, at, func(r charRun, at uint32) int { return compareRun(r.from, r.to, at) })
	if !in {
		return charRun{}, false
	}
	return w.marked[i], true
}

func compareRun(from, to, at uint32) int {
	switch {
	case to <= at:
		return -1
	case from > at:
		return 1
	}
	return 0
}
