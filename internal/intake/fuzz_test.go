package intake

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

var at = time.Date(2026, 11, 21, 10, 0, 0, 0, civil.Zone)

// sound holds for every entry, whatever came in: a record of a known source, or a refusal
// in one short sentence.
func sound(t *testing.T, e Entry) {
	t.Helper()
	if e.Err == nil {
		if !e.Record.Source.Known() {
			t.Errorf("an unknown source got through: %q", e.Record.Source)
		}
		if n := len(e.Record.Change.Events); n > 1 {
			t.Errorf("%d events of one record", n)
		}
		return
	}
	var no *Refusal
	if !errors.As(e.Err, &no) || no.Says == "" || len(no.Says) > 1500 || statuses[no.Code] == 0 {
		t.Errorf("not a refusal with a sentence: %v", e.Err)
	}
}

func FuzzNDJSON(f *testing.F) {
	f.Add(`{"specversion":"1.0","id":"1","source":"/registers/tax","type":"vn.motcua.fact.tax","subject":"p","data":{"key":"income","value":{"on":"2026-01-01"}}}`)
	f.Add(`{"specversion":"1.0","id":"1","source":"tax","type":"vn.motcua.retraction","data":{"retracts":"0"}}` + "\n\n{")
	f.Add("\ufeff[]\nnull\n\"\"\n{\"specversion\":1}")
	f.Fuzz(func(t *testing.T, file string) {
		next := ndjsonLines(strings.NewReader(file), at)
		for line := 0; ; {
			e, err := next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if e.Line <= line {
				t.Fatalf("line %d after %d", e.Line, line)
			}
			line = e.Line
			sound(t, e)
		}
	})
}

func FuzzCSV(f *testing.F) {
	f.Add("id,source,what,kind,person,on\n1,tax,fact,tax,p,2026-01-01\n")
	f.Add("id,source,what,kind,person,other,on,params\n1,residence,event,residence_changed,p,,12/03/2026,stay=settled;a=b\n\"")
	f.Add("id,source,what\n,,\n1,tax,retraction\n")
	f.Fuzz(func(t *testing.T, file string) {
		next, err := csvLines(strings.NewReader(file), at)
		if err != nil {
			return
		}
		for range strings.Count(file, "\n") + 2 {
			e, err := next()
			if err != nil {
				return
			}
			sound(t, e)
		}
	})
}

func FuzzCloudEvents(f *testing.F) {
	f.Add("application/cloudevents+json", `{"specversion":"1.0","id":"1","source":"tax","type":"vn.motcua.event.lease_signed","subject":"p","data":{"on":"2026-01-01"}}`)
	f.Add("application/cloudevents-batch+json", `[{},null,{"specversion":"1.0"}]`)
	f.Add("application/json", `{"on":"2026-01-01"}`)
	f.Fuzz(func(t *testing.T, media, body string) {
		h := http.Header{"Content-Type": {media}, "Ce-Specversion": {"1.0"}, "Ce-Id": {"1"}, "Ce-Source": {"/tax"}, "Ce-Type": {"vn.motcua.event.lease_signed"}, "Ce-Subject": {"p"}}
		list, err := parse(h, []byte(body), at)
		if err != nil {
			sound(t, Entry{Err: err})
			return
		}
		for _, e := range list {
			sound(t, e)
		}
	})
}
