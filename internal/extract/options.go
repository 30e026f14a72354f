package extract

import "time"

// Options limits one reading. A zero field means its default.
type Options struct {
	MaxBytes  int64         // size of the file; default 256 MiB
	MaxPages  int           // pages of a PDF; default 3000
	MaxText   int64         // bytes of text or of one unpacked part; default 64 MiB
	MaxMemory int64         // address space of a child process in bytes; default 4 GiB
	MaxCPU    time.Duration // processor time of a child process; default 120 s
	MaxWall   time.Duration // clock time of parsing one file; default 180 s
	// NoOCR leaves pictures unread even when the recognition program is installed.
	NoOCR bool
	// MaxPageOCR is the clock time for recognising one page; default 60 s.
	MaxPageOCR time.Duration
	// OCRResolution is in dots per inch; default 300.
	OCRResolution int
}

const (
	defaultMaxBytes      = 256 << 20
	defaultMaxPages      = 3000
	defaultMaxText       = 64 << 20
	defaultMaxMemory     = 4 << 30
	defaultMaxCPU        = 120 * time.Second
	defaultMaxWall       = 180 * time.Second
	defaultMaxPageOCR    = 60 * time.Second
	defaultOCRResolution = 300
)

func (o Options) withDefaults() Options {
	def(&o.MaxBytes, defaultMaxBytes)
	def(&o.MaxPages, defaultMaxPages)
	def(&o.MaxText, defaultMaxText)
	def(&o.MaxMemory, defaultMaxMemory)
	def(&o.MaxCPU, defaultMaxCPU)
	def(&o.MaxWall, defaultMaxWall)
	def(&o.MaxPageOCR, defaultMaxPageOCR)
	def(&o.OCRResolution, defaultOCRResolution)
	return o
}

func def[T int | int64 | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}
