package intake

import (
	"errors"
	"strings"
	"time"

	"github.com/cloudevents/sdk-go/v2/event"

	"github.com/motcua/motcua/lifeevents"
)

// typePrefix begins the type of every CloudEvent we take: "vn.motcua.event.child_born",
// "vn.motcua.fact.document", "vn.motcua.edge.parent", "vn.motcua.retraction".
const typePrefix = "vn.motcua."

// fromCloudEvent maps the envelope: id and source name the record, subject is the person,
// time is when it was reported (missing: now), data is the body.
func fromCloudEvent(e *event.Event, now time.Time) (Record, error) {
	r := Record{ID: e.ID(), Reported: e.Time()}
	if r.Reported.IsZero() {
		r.Reported = now
	}
	if v := e.SpecVersion(); v != event.CloudEventsVersionV1 && e.Context != nil {
		return r, refuse(CodeNotCloudEvent, "Chỉ nhận CloudEvents phiên bản 1.0, không nhận %q.", clip(v))
	}
	if err := e.Validate(); err != nil {
		return r, refuse(CodeNotCloudEvent, "Đây chưa phải một CloudEvent 1.0 đầy đủ (%s).", fieldsAtFault(err))
	}
	r.Source = sourceOf(e.Source())
	if !r.Source.Known() {
		return r, refuse(CodeUnknownSource, "Nguồn %q không có trong danh mục nguồn dữ liệu.", clip(e.Source()))
	}
	sort, kind, err := splitType(e.Type())
	if err != nil {
		return r, err
	}
	if ct := e.DataContentType(); len(e.Data()) > 0 && ct != "" && !strings.HasPrefix(ct, "application/json") {
		return r, refuse(CodeMedia, "Phần dữ liệu phải là application/json, không phải %q.", clip(ct))
	}
	return r, r.compose(sort, kind, lifeevents.PersonID(e.Subject()), e.Data())
}

// sourceOf takes "/registers/civil_status" or "civil_status" for the register.
func sourceOf(uri string) lifeevents.Source {
	uri = strings.TrimRight(uri, "/")
	if i := strings.LastIndexAny(uri, "/:"); i >= 0 {
		uri = uri[i+1:]
	}
	return lifeevents.Source(uri)
}

func splitType(t string) (sort, kind string, err error) {
	rest, ours := strings.CutPrefix(t, typePrefix)
	sort, kind, _ = strings.Cut(rest, ".")
	known := false
	switch sort {
	case sortEvent:
		known = lifeevents.EventKind(kind).Known()
	case sortFact:
		known = lifeevents.FactKind(kind).Known()
	case sortEdge:
		known = lifeevents.EdgeKind(kind).Known()
	case sortRetraction:
		known = kind == ""
	}
	if !ours || !known {
		return "", "", refuse(CodeUnknownType, "Không nhận loại %q; các loại nhận được liệt kê trong tài liệu về sự kiện.", clip(t))
	}
	return sort, kind, nil
}

// fieldsAtFault lists the attributes the SDK complains of, not its prose.
func fieldsAtFault(err error) string {
	var v event.ValidationError
	if !errors.As(err, &v) {
		return "sai khuôn"
	}
	var names []string
	for _, name := range []string{"specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema"} {
		if _, bad := v[name]; bad {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "sai khuôn"
	}
	return "thiếu hoặc sai: " + strings.Join(names, ", ")
}

// clip keeps a foreign word short enough to stand in a sentence.
func clip(s string) string {
	r := []rune(s)
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
