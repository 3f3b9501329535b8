package pdftest

import (
	"bytes"
	"fmt"
	"strings"
)

// raw writes objects as they stand, the first being the catalogue, with a cross-reference table.
func raw(objects ...string) []byte {
	w := writer{}
	for i, o := range objects {
		w.object(i+1, o)
	}
	return w.end("/Root 1 0 R")
}

func streamOf(dictionary string, content []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dictionary, len(content), content)
}

const resources = "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"

// Hostile answers the makers of documents that were made to harm a reader, or that look so, by name. Those called bombs
// take a second to make.
func Hostile() map[string]func() []byte {
	simple := func() *File {
		f := &File{}
		f.Page().Text(56, 80, 12, "Douze caméras de plus à Valcroix.")
		return f
	}
	page := "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]" + resources + "/Contents 4 0 R>>"
	pages := "<</Type/Pages/Count 1/Kids[3 0 R]>>"
	catalogue := "<</Type/Catalog/Pages 2 0 R>>"
	content := []byte("BT /F1 12 Tf 56 700 Td (Douze cameras de plus a Valcroix.) Tj ET\n")
	deep := strings.Repeat("[", 100_000)
	twice := func(b []byte) []byte { return Deflate(Deflate(b)) }
	whole := simple().Bytes()
	form := "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>"
	xref := bytes.LastIndex(whole, []byte("xref\n0"))
	return map[string]func() []byte{
		"cut.pdf": func() []byte { return whole[:len(whole)/2] },
		"no-xref.pdf": func() []byte {
			return bytes.Replace(whole, fmt.Appendf(nil, "startxref\n%d", xref), []byte("startxref\n7"), 1)
		},
		"head-only.pdf": func() []byte { return []byte("%PDF-1.7\n") },
		"rubbish.pdf": func() []byte {
			return append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0x93, 0, 7, 255, '<', '<', '/', '('}, 50_000)...)
		},
		"zeros.pdf":     func() []byte { return append([]byte("%PDF-1.7\n"), make([]byte, 1<<20)...) },
		"encrypted.pdf": func() []byte { return encrypted(simple()) },
		"page-loop.pdf": func() []byte {
			return raw(catalogue, "<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 3 0 R]/Parent 2 0 R>>", page, streamOf("", content))
		},
		"self.pdf": func() []byte { return raw(catalogue, pages, page, "4 0 R") },
		"prev-loop.pdf": func() []byte {
			return bytes.Replace(whole, []byte("/Root 1 0 R"), fmt.Appendf(nil, "/Prev %d/Root 1 0 R", xref), 1)
		},
		"form-loop.pdf": func() []byte {
			return raw(catalogue, pages, strings.Replace(page, "/Font<<", "/XObject<</X 5 0 R>>/Font<<", 1),
				streamOf("", append([]byte("/X Do\n"), content...)), streamOf(form[2:], []byte("/X Do /X Do /X Do")))
		},
		"deep-array.pdf":    func() []byte { return raw(catalogue, pages, page, deep, streamOf("", content)) },
		"deep-contents.pdf": func() []byte { return raw(catalogue, pages, strings.Replace(page, "4 0 R", deep, 1)) },
		"deep-q.pdf": func() []byte {
			return raw(catalogue, pages, page, streamOf("", append(bytes.Repeat([]byte("q "), 2_000_000), content...)))
		},
		// 100 MB of text operators in some KB
		"page-bomb.pdf": func() []byte {
			return raw(catalogue, pages, page, streamOf("/Filter[/FlateDecode/FlateDecode]", twice(bytes.Repeat(content, 100_000_000/len(content)))))
		},
		"zero-bomb.pdf": func() []byte {
			return raw(catalogue, pages, page, streamOf("/Filter[/FlateDecode/FlateDecode]", twice(make([]byte, 300<<20))))
		},
		"many-glyphs.pdf": func() []byte {
			return raw(catalogue, pages, page, streamOf("/Filter/FlateDecode",
				Deflate([]byte("BT /F1 1 Tf 56 700 Td ("+strings.Repeat("camera ", 1_000_000)+") Tj ET"))))
		},
		"length-lies.pdf": func() []byte { return bytes.Replace(whole, []byte("/Length"), []byte("/Length 999999999 /Was"), 1) },
		"count-lies.pdf":  func() []byte { return bytes.Replace(whole, []byte("/Count 1"), []byte("/Count 2000000000"), 1) },
		"no-pages.pdf":    func() []byte { return raw(catalogue, "<</Type/Pages/Count 0/Kids[]>>") },
		"huge-box.pdf":    func() []byte { return bytes.Replace(whole, []byte("[0 0 595 842]"), []byte("[0 0 1e30 -1e30]"), 1) },
		"10000-pages.pdf": func() []byte { return manyPages(10_000) },
	}
}

// manyPages is a document of n pages.
func manyPages(n int) []byte {
	f := &File{Compress: true}
	for range n {
		f.Page().Text(56, 80, 12, "Une page de plus.")
	}
	return f.Bytes()
}

// encrypted says that a document is encrypted for a user whose password is not the empty one: the hashes match none.
func encrypted(f *File) []byte {
	f.Encrypt = "<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + strings.Repeat("5a", 32) + ">/U<" + strings.Repeat("a5", 32) + ">>>"
	return f.Bytes()
}
