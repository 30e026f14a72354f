package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"strconv"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
)

// Record is one thing a source said, in our vocabulary but not yet checked.
type Record struct {
	Source   lifeevents.Source
	ID       string // unique within Source
	Reported time.Time
	// Change holds one event with what it brings along, or facts and edges alone.
	Change lifeevents.Change
	// Retracts is the ID of a record of the same source that never was; Change is then empty.
	Retracts string
}

// Name is the record's for ever.
func (r *Record) Name() lifeevents.RecordName {
	return lifeevents.RecordName{Source: r.Source, ID: r.ID}
}

// digest tells two contents of one name apart; when it was sent does not count.
func (r *Record) digest() string {
	c := r.Change
	c.Facts, c.Edges, c.Events = append([]lifeevents.Fact(nil), c.Facts...), append([]lifeevents.Edge(nil), c.Edges...), append([]lifeevents.Event(nil), c.Events...)
	for i := range c.Facts {
		c.Facts[i].ObservedAt = time.Time{}
	}
	for i := range c.Edges {
		c.Edges[i].ObservedAt = time.Time{}
	}
	for i := range c.Events {
		c.Events[i].Reported = time.Time{}
	}
	raw, _ := json.Marshal(struct { // plain structs of words and numbers always marshal
		lifeevents.Change
		Retracts string
	}{c, r.Retracts})
	sum := sha256.Sum256(raw)
	return string(sum[:12])
}

// body is the data of a CloudEvent, the rest of a line of a file.
type body struct {
	On      civilDay          `json:"on"`
	Subject string            `json:"subject"`
	Place   string            `json:"place"`
	Data    map[string]string `json:"data"`
	Facts   []factBody        `json:"facts"`
	Edges   []edgeBody        `json:"edges"`

	Retracts string `json:"retracts"`
}

type factBody struct {
	Person     lifeevents.PersonID `json:"person"` // empty: the person of the record
	Kind       lifeevents.FactKind `json:"kind"`   // empty: the kind of the record
	Key        string              `json:"key"`
	Value      lifeevents.Value    `json:"value"`
	Validity   corpus.Validity     `json:"validity"`
	Confidence corpus.Confidence   `json:"confidence"`
	Supersedes string              `json:"supersedes"` // ID of the record corrected
	Withdrawn  bool                `json:"withdrawn"`
}

type edgeBody struct {
	From       lifeevents.PersonID `json:"from"` // empty: the person of the record
	To         lifeevents.PersonID `json:"to"`
	Kind       lifeevents.EdgeKind `json:"kind"`
	Validity   corpus.Validity     `json:"validity"`
	Authority  bool                `json:"authority"`
	Consent    bool                `json:"consent"`
	Supersedes string              `json:"supersedes"`
	Withdrawn  bool                `json:"withdrawn"`
}

// What a record is about; the third word of its type.
const (
	sortEvent      = "event"
	sortFact       = "fact"
	sortEdge       = "edge"
	sortRetraction = "retraction"
)

// factID names the nth fact (from 0) a record brings; the first has the record's own name.
func factID(k lifeevents.RecordName, n int) string { return partID(k, "f", n) }

func edgeID(k lifeevents.RecordName, n int) string { return partID(k, "e", n) }

func partID(k lifeevents.RecordName, letter string, n int) string {
	id := string(k.Source) + ":" + k.ID
	if n > 0 {
		id += "/" + letter + strconv.Itoa(n)
	}
	return id
}

func (r *Record) addFact(person lifeevents.PersonID, kind lifeevents.FactKind, f factBody) {
	fact := lifeevents.Fact{
		ID: factID(r.Name(), len(r.Change.Facts)), Person: cmp.Or(f.Person, person), Kind: cmp.Or(f.Kind, kind), Key: f.Key,
		Value: f.Value, Source: r.Source, ObservedAt: r.Reported, Validity: f.Validity, Confidence: f.Confidence, Withdrawn: f.Withdrawn,
	}
	if f.Supersedes != "" {
		fact.Supersedes = factID(lifeevents.RecordName{Source: r.Source, ID: f.Supersedes}, 0)
	}
	r.Change.Facts = append(r.Change.Facts, fact)
}

func (r *Record) addEdge(person lifeevents.PersonID, kind lifeevents.EdgeKind, e edgeBody) {
	edge := lifeevents.Edge{
		ID: edgeID(r.Name(), len(r.Change.Edges)), From: cmp.Or(e.From, person), To: e.To, Kind: cmp.Or(e.Kind, kind), Validity: e.Validity,
		Authority: e.Authority, Consent: e.Consent, Source: r.Source, ObservedAt: r.Reported, Withdrawn: e.Withdrawn,
	}
	if e.Supersedes != "" {
		edge.Supersedes = edgeID(lifeevents.RecordName{Source: r.Source, ID: e.Supersedes}, 0)
	}
	r.Change.Edges = append(r.Change.Edges, edge)
}

// compose fills the record from its head and body.
func (r *Record) compose(sort, kind string, person lifeevents.PersonID, raw []byte) error {
	var b body
	var f factBody
	var e edgeBody
	var into any = &b
	switch sort {
	case sortFact:
		into = &f
	case sortEdge:
		into = &e
	}
	if len(raw) > 0 {
		if err := strictJSON(raw, into); err != nil {
			return refuse(CodeBadJSON, "Phần dữ liệu của bản ghi không đọc được: %v.", err)
		}
	}
	switch sort {
	case sortFact:
		r.addFact(person, lifeevents.FactKind(kind), f)
	case sortEdge:
		r.addEdge(person, lifeevents.EdgeKind(kind), e)
	case sortRetraction:
		if r.Retracts = b.Retracts; r.Retracts == "" || r.Retracts == r.ID {
			return refuse(CodeBadRecord, "Lời rút lại không nêu bản ghi nào (retracts).")
		}
	default:
		r.Change.Events = []lifeevents.Event{{
			ID: r.ID, Source: r.Source, Person: person, Kind: lifeevents.EventKind(kind), On: b.On.Date, Reported: r.Reported,
			Subject: b.Subject, Data: b.Data, Place: b.Place,
		}}
		for _, part := range b.Facts {
			r.addFact(person, "", part)
		}
		for _, part := range b.Edges {
			r.addEdge(person, "", part)
		}
	}
	return nil
}
