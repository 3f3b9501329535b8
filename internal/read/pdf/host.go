package pdf

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental/table"
)

// host is what the engine sees of the world: one file, which is the document, and a clock. It is the part of
// Emscripten's run time that PDFium calls; all else answers ENOSYS. There is no network, no other file, no
// environment.
type host struct {
	document []byte
	at       int64
	opened   bool

	called  map[uint32]api.Function // functions of the engine's table, by index
	stack   api.Function            // emscripten_stack_get_current
	restore api.Function            // _emscripten_stack_restore
	threw   api.Function            // setThrew
}

// Numbers of the one file, and of what the engine prints to, which goes nowhere.
const (
	documentPath = "/document.pdf"
	documentFile = 3
)

// Errors of WASI and of Linux as Emscripten passes them.
const (
	wasiBadFile = 8
	wasiInvalid = 28
	noEntry     = -44 // ENOENT
	noSystem    = -52 // ENOSYS
)

// longJump is what unwinds the engine's stack to its nearest setjmp.
type longJump struct{}

func (longJump) Error() string { return "longjmp" }

func (h *host) instantiate(ctx context.Context, r wazero.Runtime) error {
	const i32, i64 = api.ValueTypeI32, api.ValueTypeI64
	env := r.NewHostModuleBuilder("env")
	def := func(name string, f api.GoModuleFunc, params []api.ValueType, results ...api.ValueType) {
		env.NewFunctionBuilder().WithGoModuleFunction(f, params, results).Export(name)
	}
	of := func(n int) []api.ValueType {
		types := make([]api.ValueType, n)
		for i := range types {
			types[i] = i32
		}
		return types
	}
	def("invoke_viii", h.invoke(3, false), of(4))
	def("invoke_ii", h.invoke(1, true), of(2), i32)
	def("invoke_iii", h.invoke(2, true), of(3), i32)
	def("invoke_iiii", h.invoke(3, true), of(4), i32)
	def("invoke_iiiii", h.invoke(4, true), of(5), i32)
	def("_emscripten_throw_longjmp", func(context.Context, api.Module, []uint64) { panic(longJump{}) }, nil)
	def("_abort_js", func(context.Context, api.Module, []uint64) { panic(errors.New("the engine gave up")) }, nil)
	def("emscripten_resize_heap", resizeHeap, of(1), i32)
	def("emscripten_date_now", func(_ context.Context, _ api.Module, s []uint64) {
		s[0] = math.Float64bits(0) // a document reads the same whenever it is read
	}, nil, api.ValueTypeF64)
	def("_tzset_js", func(context.Context, api.Module, []uint64) {}, of(4))
	civil := func(_ context.Context, m api.Module, s []uint64) { putCivil(m, int64(s[0]), uint32(s[1])) }
	def("_localtime_js", civil, []api.ValueType{i64, i32})
	def("_gmtime_js", civil, []api.ValueType{i64, i32})

	def("__syscall_openat", h.open, of(4), i32)
	def("__syscall_fstat64", func(_ context.Context, m api.Module, s []uint64) { s[0] = h.stat(m, uint32(s[1])) }, of(2), i32)
	for name, n := range map[string]int{"__syscall_stat64": 2, "__syscall_lstat64": 2} {
		def(name, func(_ context.Context, m api.Module, s []uint64) {
			if pathAt(m, uint32(s[0])) != documentPath {
				s[0] = errno(noEntry)
				return
			}
			s[0] = h.stat(m, uint32(s[1]))
		}, of(n), i32)
	}
	refuse := func(_ context.Context, _ api.Module, s []uint64) { s[0] = errno(noSystem) }
	for name, n := range map[string]int{"__syscall_fcntl64": 3, "__syscall_ioctl": 3, "__syscall_newfstatat": 4,
		"__syscall_getdents64": 3, "__syscall_unlinkat": 3, "__syscall_rmdir": 1} {
		def(name, refuse, of(n), i32)
	}
	def("__syscall_ftruncate64", refuse, []api.ValueType{i32, i64}, i32)
	if _, err := env.Instantiate(ctx); err != nil {
		return err
	}

	env = r.NewHostModuleBuilder("wasi_snapshot_preview1")
	def("fd_close", func(_ context.Context, _ api.Module, s []uint64) {
		h.opened = false
		s[0] = 0
	}, of(1), i32)
	def("fd_read", h.read, of(4), i32)
	def("fd_seek", h.seek, []api.ValueType{i32, i64, i32, i32}, i32)
	def("fd_write", discard, of(4), i32)
	def("fd_sync", func(_ context.Context, _ api.Module, s []uint64) { s[0] = 0 }, of(1), i32)
	def("environ_sizes_get", func(_ context.Context, m api.Module, s []uint64) {
		ok := m.Memory().WriteUint32Le(uint32(s[0]), 0) && m.Memory().WriteUint32Le(uint32(s[1]), 0)
		s[0] = wasi(ok)
	}, of(2), i32)
	def("environ_get", func(_ context.Context, _ api.Module, s []uint64) { s[0] = 0 }, of(2), i32)
	_, err := env.Instantiate(ctx)
	return err
}

// bind takes from the engine what the host calls back.
func (h *host) bind(m api.Module) {
	h.called = map[uint32]api.Function{}
	h.stack = m.ExportedFunction("emscripten_stack_get_current")
	h.restore = m.ExportedFunction("_emscripten_stack_restore")
	h.threw = m.ExportedFunction("setThrew")
}

// invoke calls a function of the engine's table within a setjmp: a long jump out of it puts the stack back and is
// told to the engine by setThrew, as Emscripten's own invoke_ functions do.
func (h *host) invoke(params int, answers bool) api.GoModuleFunc {
	types := make([]api.ValueType, params)
	for i := range types {
		types[i] = api.ValueTypeI32
	}
	var results []api.ValueType
	if answers {
		results = types[:1]
	}
	return func(ctx context.Context, m api.Module, s []uint64) {
		index := uint32(s[0])
		f := h.called[index]
		if f == nil {
			f = table.LookupFunction(m, 0, index, types, results)
			h.called[index] = f
		}
		before, err := h.stack.Call(ctx)
		if err != nil {
			panic(err)
		}
		answer, err := f.Call(ctx, s[1:1+params]...)
		switch {
		case err == nil && answers:
			s[0] = answer[0]
		case err == nil:
		case errors.As(err, &longJump{}):
			if _, err := h.restore.Call(ctx, before[0]); err != nil {
				panic(err)
			}
			if _, err := h.threw.Call(ctx, 1, 0); err != nil {
				panic(err)
			}
			s[0] = 0
		default:
			panic(err)
		}
	}
}

// resizeHeap grows the engine's memory up to the cap of its configuration; past it the engine's malloc fails.
func resizeHeap(_ context.Context, m api.Module, s []uint64) {
	const page = wasmPage
	want, have := uint64(uint32(s[0])), uint64(m.Memory().Size())
	s[0] = 0
	if want <= have {
		s[0] = 1
		return
	}
	more := max((want-have+page-1)/page, min(have/page/4, maxMemoryPages-have/page))
	for _, n := range []uint64{more, (want - have + page - 1) / page} {
		if _, ok := m.Memory().Grow(uint32(n)); ok {
			s[0] = 1
			return
		}
	}
}

func (h *host) open(_ context.Context, m api.Module, s []uint64) {
	if pathAt(m, uint32(s[1])) != documentPath || h.opened {
		s[0] = errno(noEntry)
		return
	}
	h.opened, h.at = true, 0
	s[0] = documentFile
}

// stat writes Emscripten's struct stat of the document: a regular file of its length.
func (h *host) stat(m api.Module, to uint32) uint64 {
	var b [88]byte
	const regular = 0o100444
	binary.LittleEndian.PutUint32(b[4:], regular)
	binary.LittleEndian.PutUint32(b[8:], 1)
	binary.LittleEndian.PutUint64(b[24:], uint64(len(h.document)))
	binary.LittleEndian.PutUint32(b[32:], 4096)
	if !m.Memory().Write(to, b[:]) {
		return errno(noSystem)
	}
	return 0
}

func (h *host) read(_ context.Context, m api.Module, s []uint64) {
	mem := m.Memory()
	file, vectors, n, to := uint32(s[0]), uint32(s[1]), uint32(s[2]), uint32(s[3])
	if file != documentFile {
		s[0] = wasiBadFile
		return
	}
	total, ok := uint32(0), true
	for i := uint32(0); i < n && ok; i++ {
		at, ok1 := mem.ReadUint32Le(vectors + 8*i)
		size, ok2 := mem.ReadUint32Le(vectors + 8*i + 4)
		rest := h.document[min(max(h.at, 0), int64(len(h.document))):]
		chunk := rest[:min(uint64(size), uint64(len(rest)))]
		ok = ok1 && ok2 && mem.Write(at, chunk)
		h.at += int64(len(chunk))
		total += uint32(len(chunk))
		if len(chunk) < int(size) {
			break
		}
	}
	s[0] = wasi(ok && mem.WriteUint32Le(to, total))
}

func (h *host) seek(_ context.Context, m api.Module, s []uint64) {
	file, offset, whence, to := uint32(s[0]), int64(s[1]), int(uint32(s[2])), uint32(s[3])
	if file != documentFile {
		s[0] = wasiBadFile
		return
	}
	switch whence {
	case io.SeekCurrent:
		offset += h.at
	case io.SeekEnd:
		offset += int64(len(h.document))
	}
	if offset < 0 {
		s[0] = wasiInvalid
		return
	}
	h.at = offset
	s[0] = wasi(m.Memory().WriteUint64Le(to, uint64(offset)))
}

// discard takes what the engine prints: its complaints are about bytes that the document's own failure tells.
func discard(_ context.Context, m api.Module, s []uint64) {
	mem, vectors, n, to := m.Memory(), uint32(s[1]), uint32(s[2]), uint32(s[3])
	total := uint32(0)
	for i := uint32(0); i < n; i++ {
		size, _ := mem.ReadUint32Le(vectors + 8*i + 4)
		total += size
	}
	s[0] = wasi(mem.WriteUint32Le(to, total))
}

// putCivil writes a struct tm in UTC.
func putCivil(m api.Module, seconds int64, to uint32) {
	t := time.Unix(seconds, 0).UTC()
	for i, v := range []int{t.Second(), t.Minute(), t.Hour(), t.Day(), int(t.Month()) - 1, t.Year() - 1900, int(t.Weekday()), t.YearDay() - 1, 0} {
		m.Memory().WriteUint32Le(to+uint32(4*i), uint32(v))
	}
}

func pathAt(m api.Module, at uint32) string {
	const longest = 256
	b, ok := m.Memory().Read(at, min(longest, m.Memory().Size()-min(at, m.Memory().Size())))
	if !ok {
		return ""
	}
	for i, c := range b {
		if c == 0 {
			return string(b[:i])
		}
	}
	return ""
}

func errno(n int32) uint64 { return uint64(uint32(n)) }

func wasi(ok bool) uint64 {
	if ok {
		return 0
	}
	return wasiInvalid
}
