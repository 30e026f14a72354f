package intake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// Columns of a CSV file, in any order; the first row names them. id, source and what must
// be there. what is event, fact, edge or retraction; reported is a day or an instant;
// yes in withdrawn, authority or consent sets it; params is "name=value;name=value".
var Columns = []string{
	"id", "source", "what", "kind", "person", "other", "on", "until", "key", "text", "place", "number", "from", "to",
	"reported", "confidence", "supersedes", "withdrawn", "authority", "consent", "params",
}

// csvLines reads one record a row, by the names of the first row.
func csvLines(r io.Reader, now time.Time) (func() (Entry, error), error) {
	in := csv.NewReader(skipMark(r))
	in.FieldsPerRecord, in.ReuseRecord = -1, true
	head, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("tệp CSV không có dòng tên cột: %w", err)
	}
	at := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := at[name]; twice || !slices.Contains(Columns, name) {
			return nil, fmt.Errorf("cột %q lạ hoặc lặp; các cột nhận được: %s", clip(name), strings.Join(Columns, ", "))
		}
		at[name] = i
	}
	for _, must := range Columns[:3] {
		if _, ok := at[must]; !ok {
			return nil, fmt.Errorf("tệp CSV thiếu cột %s", must)
		}
	}
	return func() (Entry, error) {
		row, err := in.Read()
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return Entry{Line: bad.Line, Err: refuse(CodeBadRecord, "Dòng CSV sai khuôn (dấu ngoặc kép).")}, nil
		}
		if err != nil {
			return Entry{}, err
		}
		line, _ := in.FieldPos(0)
		rec, err := row2record(row, at, now)
		return Entry{Line: line, Record: rec, Err: err}, nil
	}, nil
}

func skipMark(r io.Reader) io.Reader {
	mark := make([]byte, 3)
	n, err := io.ReadFull(r, mark)
	if err != nil || string(mark) != "\ufeff" {
		return io.MultiReader(strings.NewReader(string(mark[:n])), r)
	}
	return r
}

// row is one line with its cells by column; the first fault of a cell is kept.
type row struct {
	cells []string
	at    map[string]int
	err   error
}

func (r *row) get(name string) string {
	if i, ok := r.at[name]; ok && i < len(r.cells) {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

func (r *row) fail(name, want string) {
	if r.err == nil {
		r.err = refuse(CodeBadRecord, "Cột %s không đọc được; phải là %s.", name, want)
	}
}

func (r *row) day(name string) civil.Date {
	d, err := parseDay(r.get(name))
	if err != nil {
		r.fail(name, "ngày như 2026-03-12 hoặc 12/03/2026")
	}
	return d
}

func (r *row) flag(name string) bool {
	switch strings.ToLower(r.get(name)) {
	case "", "no", "0", "false", "không":
		return false
	case "yes", "1", "true", "có":
		return true
	}
	r.fail(name, "yes hoặc no")
	return false
}

func (r *row) number(name string) int64 {
	s := r.get(name)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		r.fail(name, "số nguyên")
	}
	return n
}

func (r *row) instant(name string, now time.Time) time.Time {
	s := r.get(name)
	if s == "" {
		return now
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t
	}
	return r.day(name).Start()
}

func (r *row) params() map[string]string {
	var out map[string]string
	for _, pair := range strings.Split(r.get("params"), ";") {
		k, v, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if !ok && pair != "" {
			r.fail("params", "tên=giá trị, ngăn bằng ;")
		}
		if ok {
			if out == nil {
				out = map[string]string{}
			}
			out[k] = v
		}
	}
	return out
}

func row2record(cells []string, at map[string]int, now time.Time) (Record, error) {
	r := row{cells: cells, at: at}
	rec := Record{Source: lifeevents.Source(r.get("source")), ID: r.get("id"), Reported: r.instant("reported", now)}
	if !rec.Source.Known() {
		return rec, refuse(CodeUnknownSource, "Nguồn %q không có trong danh mục nguồn dữ liệu.", clip(string(rec.Source)))
	}
	sort, kind, person := r.get("what"), r.get("kind"), lifeevents.PersonID(r.get("person"))
	if _, _, err := splitType(strings.TrimSuffix(typePrefix+sort+"."+kind, ".")); err != nil {
		return rec, err
	}
	valid := corpus.Validity{From: r.day("from"), Until: r.day("to")}
	switch sort {
	case sortFact:
		rec.addFact(person, lifeevents.FactKind(kind), factBody{
			Key:      r.get("key"),
			Value:    lifeevents.Value{Text: r.get("text"), Place: r.get("place"), On: r.day("on"), Until: r.day("until"), Number: r.number("number")},
			Validity: valid, Confidence: corpus.Confidence(r.get("confidence")), Supersedes: r.get("supersedes"), Withdrawn: r.flag("withdrawn"),
		})
	case sortEdge:
		rec.addEdge(person, lifeevents.EdgeKind(kind), edgeBody{To: lifeevents.PersonID(r.get("other")), Validity: valid,
			Authority: r.flag("authority"), Consent: r.flag("consent"), Supersedes: r.get("supersedes"), Withdrawn: r.flag("withdrawn")})
	case sortRetraction:
		if rec.Retracts = r.get("supersedes"); rec.Retracts == "" || rec.Retracts == rec.ID {
			r.fail("supersedes", "mã bản ghi bị rút lại")
		}
	default:
		rec.Change.Events = []lifeevents.Event{{ID: rec.ID, Source: rec.Source, Person: person, Kind: lifeevents.EventKind(kind),
			On: r.day("on"), Reported: rec.Reported, Subject: r.get("other"), Data: r.params(), Place: r.get("place")}}
	}
	return rec, r.err
}
