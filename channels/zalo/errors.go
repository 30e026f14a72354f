package zalo

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/motcua/motcua/lifeevents/delivery"
)

//go:embed errors.yaml
var errorsFile []byte

// API tells families of requests apart: one number means different things in each.
type API string

// The families.
const (
	OAMessages API = "oa"    // openapi.zalo.me
	ZBS        API = "zbs"   // business.openapi.zalo.me
	OAuth      API = "oauth" // oauth.zaloapp.com
)

// Class is what an error calls for; a closed list, explained in errors.yaml.
type Class string

// The classes.
const (
	ClassTemporary Class = "temporary"
	ClassRate      Class = "rate"
	ClassToken     Class = "token"
	ClassWindow    Class = "window"
	ClassQuota     Class = "quota"
	ClassNight     Class = "night"
	ClassBlocked   Class = "blocked"
	ClassAway      Class = "away"
	ClassAddress   Class = "address"
	ClassContent   Class = "content"
	ClassConfig    Class = "config"
	ClassMoney     Class = "money"
	ClassPolicy    Class = "policy"
)

// classes says how the outbox takes each class. Permanent ones go on to the person's next
// channel at once. A fault of the account as a whole lets the channel rest; one that stops
// templates alone does not, for consultation messages may still go.
var classes = map[Class]struct {
	reason          delivery.Reason
	permanent, down bool
	alarm           bool // somebody must do something
}{
	ClassTemporary: {reason: delivery.Temporary},
	ClassRate:      {reason: delivery.RateLimit},
	ClassToken:     {reason: delivery.Temporary, down: true, alarm: true},
	ClassWindow:    {reason: delivery.WindowClosed, permanent: true},
	ClassQuota:     {reason: delivery.QuotaUsed, permanent: true},
	ClassNight:     {reason: delivery.Quiet},
	ClassBlocked:   {reason: delivery.Blocked, permanent: true},
	ClassAway:      {reason: delivery.Refused, permanent: true},
	ClassAddress:   {reason: delivery.BadAddress, permanent: true},
	ClassContent:   {reason: delivery.Refused, permanent: true, alarm: true},
	ClassConfig:    {reason: delivery.Refused, down: true, alarm: true},
	ClassMoney:     {reason: delivery.Refused, permanent: true, alarm: true},
	ClassPolicy:    {reason: delivery.Refused, permanent: true, alarm: true},
}

// Meaning is one line of the table.
type Meaning struct {
	API   API    `yaml:"api"`
	Code  int    `yaml:"code"`
	Class Class  `yaml:"class"`
	VI    string `yaml:"vi"` // what it means
	Do    string `yaml:"do"` // what is done, or what somebody must do
	Sure  string `yaml:"sure"`
}

// Table reads error numbers.
type Table struct {
	list []Meaning
	by   map[API]map[int]Meaning
}

// Errors reads the table of the program and over it the file at path, where one is given.
func Errors(path string) (*Table, error) {
	t := &Table{by: map[API]map[int]Meaning{OAMessages: {}, ZBS: {}, OAuth: {}}}
	if err := t.read(errorsFile); err != nil {
		return nil, err
	}
	if path == "" {
		return t, nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("bảng mã lỗi Zalo: %w", err)
	}
	return t, t.read(raw)
}

func (t *Table) read(raw []byte) error {
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	var list []Meaning
	if err := dec.Decode(&list); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("bảng mã lỗi Zalo: %w", err)
	}
	for _, m := range list {
		_, class := classes[m.Class]
		by, api := t.by[m.API]
		if !class || !api || m.Code == 0 || m.VI == "" || m.Do == "" || (m.Sure != "high" && m.Sure != "medium" && m.Sure != "low") {
			return fmt.Errorf("bảng mã lỗi Zalo: dòng %s %d thiếu hoặc sai api, class, vi, do, sure", m.API, m.Code)
		}
		by[m.Code] = m
		t.list = append(t.list, m)
	}
	return nil
}

// All lists the table as read.
func (t *Table) All() []Meaning { return t.list }

// Of reads a number. One unknown to a family is looked up in the other that answers on the
// same servers; one unknown to both is a temporary fault.
func (t *Table) Of(api API, code int) Meaning {
	if m, ok := t.by[api][code]; ok {
		return m
	}
	other := map[API]API{OAMessages: ZBS, ZBS: OAMessages}[api]
	if m, ok := t.by[other][code]; ok {
		m.API = api
		return m
	}
	return Meaning{API: api, Code: code, Class: ClassTemporary, VI: "mã lỗi chưa có trong bảng", Do: "thử lại; bổ sung mã này vào bảng", Sure: "low"}
}

// Fault is a request that Zalo refused, or that did not get through. It holds no token, no
// address and no text.
type Fault struct {
	Meaning
	// Doubt: the request may have been carried out.
	Doubt      bool
	RetryAfter time.Duration
	cause      string // where no number was given: "hết giờ chờ", "HTTP 503" …
	server     bool   // the fault is the server's, not this message's
	queued     bool   // it has not left us: too many were before it
}

func (f *Fault) ofServer() *Fault { f.server = true; return f }

// Error names the number and what it means.
func (f *Fault) Error() string {
	if f.cause != "" {
		return "zalo: " + f.cause
	}
	return "zalo: " + strconv.Itoa(f.Code) + ": " + f.VI
}

// Send is the fault as the outbox takes it.
func (f *Fault) Send() *delivery.SendError {
	c := classes[f.Class]
	e := &delivery.SendError{Reason: c.reason, Permanent: c.permanent, Down: c.down || f.server, RetryAfter: f.RetryAfter, Err: f}
	if f.Doubt {
		e.Reason, e.Permanent, e.Ambiguous = delivery.TimedOut, false, true
	}
	return e
}

// asFault finds the fault in an error.
func asFault(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}
