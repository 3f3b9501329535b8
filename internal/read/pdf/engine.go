package pdf

import (
	"context"
	_ "embed"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"

	"github.com/klauspost/compress/zstd"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// EngineSHA256 is the SHA-256 of pdfium.wasm in version 2.1.13 of the npm package @hyzyla/pdfium.
const EngineSHA256 = "71aec412a303a0405baee21c3d6d3f30ad2033dc02444130fe476be3976e2d09"

// wasm is that file, packed by "make pdfium".
//
//go:embed pdfium.wasm.zst
var wasm []byte

// engine is one instance of PDFium with at most one document open. It is not safe for concurrent use, and of no
// use any more once a call has failed.
type engine struct {
	runtime wazero.Runtime
	module  api.Module
	host    *host
	memory  api.Memory

	functions map[string]api.Function
	stack     [8]uint64
	scratch   uint32 // where calls write their answers
	buffer    uint32 // for strings
	room      uint32 // bytes of buffer

	document uint64
	held     []uint64 // open pages
	err      error
}

// newEngine compiles PDFium, or loads it from the cache folder, and starts it.
func newEngine(ctx context.Context, cache string) (*engine, error) {
	config := wazero.NewRuntimeConfig()
	if cache != "" {
		c, err := wazero.NewCompilationCacheWithDir(cache)
		if err != nil {
			return nil, fmt.Errorf("open the cache of the PDF engine: %w", err)
		}
		config = config.WithCompilationCache(c)
	}
	decoder, err := zstd.NewReader(nil)
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	code, err := decoder.DecodeAll(wasm, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack the PDF engine: %w", err)
	}
	e := &engine{runtime: wazero.NewRuntimeWithConfig(ctx, config), host: &host{}, functions: map[string]api.Function{}}
	if err := e.host.instantiate(ctx, e.runtime); err != nil {
		return nil, fmt.Errorf("prepare the PDF engine: %w", err)
	}
	compiled, err := e.runtime.CompileModule(ctx, code)
	if err != nil {
		return nil, fmt.Errorf("compile the PDF engine: %w", err)
	}
	ctx = experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(newCapped))
	e.module, err = e.runtime.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().WithName("pdfium").WithStartFunctions("__wasm_call_ctors"))
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	e.memory = e.module.Memory()
	e.host.bind(e.module)
	e.call(ctx, "FPDF_InitLibrary")
	const room = 64 << 10
	e.scratch, e.buffer, e.room = uint32(e.call(ctx, "malloc", 256)), uint32(e.call(ctx, "malloc", room)), room
	return e, e.err
}

func (e *engine) close(ctx context.Context) error { return e.runtime.Close(ctx) }

// call calls a function of PDFium. The first failure stays in e.err, and later calls answer 0.
func (e *engine) call(ctx context.Context, name string, args ...uint64) uint64 {
	if e.err != nil {
		return 0
	}
	f := e.functions[name]
	if f == nil {
		if f = e.module.ExportedFunction(name); f == nil {
			e.err = fmt.Errorf("the PDF engine has no function %s", name)
			return 0
		}
		e.functions[name] = f
	}
	e.stack[0] = 0
	copy(e.stack[:], args)
	if err := f.CallWithStack(ctx, e.stack[:]); err != nil {
		e.err = fmt.Errorf("%s: %w", name, err)
		return 0
	}
	return e.stack[0]
}

// Codes of FPDF_GetLastError (fpdfview.h).
const (
	errorFile     = 2
	errorFormat   = 3
	errorPassword = 4
	errorSecurity = 5
)

// open opens a document and answers its number of pages.
func (e *engine) open(ctx context.Context, document []byte) (int, error) {
	e.host.document = document
	copyTo := func(s string) bool { return e.memory.Write(e.buffer, append([]byte(s), 0)) }
	if !copyTo(documentPath) {
		return 0, fmt.Errorf("the PDF engine's memory is too small")
	}
	e.document = e.call(ctx, "FPDF_LoadDocument", uint64(e.buffer), 0)
	if e.err != nil {
		return 0, e.err
	}
	if uint32(e.document) == 0 {
		code := e.call(ctx, "FPDF_GetLastError")
		e.document = 0
		switch uint32(code) {
		case errorPassword:
			return 0, errEncrypted
		case errorSecurity:
			return 0, errSecurity
		}
		return 0, errDamaged
	}
	n := int32(e.call(ctx, "FPDF_GetPageCount", e.document))
	return int(n), e.err
}

func (e *engine) shut(ctx context.Context) {
	for _, page := range e.held {
		e.call(ctx, "FPDF_ClosePage", page)
	}
	e.held = e.held[:0]
	if e.document != 0 {
		e.call(ctx, "FPDF_CloseDocument", e.document)
	}
	e.document, e.host.document, e.host.opened = 0, nil, false
}

// info answers what the file says of itself.
func (e *engine) info(ctx context.Context, pages int) *Info {
	return &Info{Pages: pages, Title: e.meta(ctx, "Title"), Author: e.meta(ctx, "Author"), Creator: e.meta(ctx, "Creator"),
		Producer: e.meta(ctx, "Producer"), Made: e.meta(ctx, "CreationDate"), Changed: e.meta(ctx, "ModDate")}
}

// meta answers an entry of the document's information dictionary: "Title", "Author", "CreationDate".
func (e *engine) meta(ctx context.Context, key string) string {
	const keyRoom = 64
	if !e.memory.Write(e.buffer, append([]byte(key), 0)) {
		return ""
	}
	n := uint32(e.call(ctx, "FPDF_GetMetaText", e.document, uint64(e.buffer), uint64(e.buffer+keyRoom), uint64(e.room-keyRoom)))
	if n < 2 || n > e.room-keyRoom {
		return ""
	}
	return e.utf16(e.buffer+keyRoom, n/2-1)
}

func (e *engine) utf16(at, units uint32) string {
	b, ok := e.memory.Read(at, 2*units)
	if !ok {
		return ""
	}
	u := make([]uint16, units)
	for i := range u {
		u[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	return strings.ToValidUTF8(string(utf16.Decode(u)), "\uFFFD")
}

func (e *engine) float32At(at uint32) float64 {
	v, _ := e.memory.ReadUint32Le(at)
	return float64(math.Float32frombits(v))
}

func (e *engine) float32Of(ctx context.Context, name string, args ...uint64) float64 {
	return float64(math.Float32frombits(uint32(e.call(ctx, name, args...))))
}

func (e *engine) float64Of(ctx context.Context, name string, args ...uint64) float64 {
	return math.Float64frombits(e.call(ctx, name, args...))
}
