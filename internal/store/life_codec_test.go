package store

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// fill sets every exported field of a value to something that is not zero.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case civil.Date:
		v.Set(reflect.ValueOf(civil.New(2026, 1, 1).AddDays(*n)))
		return
	case time.Time:
		v.Set(reflect.ValueOf(time.UnixMilli(1_700_000_000_000 + int64(*n)).UTC()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("chữ " + string(rune('a'+*n%26)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(-*n))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), n)
			}
		}
	case reflect.Slice:
		s := reflect.MakeSlice(v.Type(), 2, 2)
		fill(s.Index(0), n)
		fill(s.Index(1), n)
		v.Set(s)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(k, n)
		fill(e, n)
		m.SetMapIndex(k, e)
		v.Set(m)
	default:
		panic("a kind of field the codec has never seen: " + v.Kind().String())
	}
}

// full makes a view with every field set, whatever fields its types have today.
func fullView() *lifeevents.View {
	var v lifeevents.View
	n := 0
	fill(reflect.ValueOf(&v).Elem(), &n)
	for id, p := range v.Kin { // kin are kept under their own ID
		delete(v.Kin, id)
		v.Kin[p.ID] = p
	}
	return &v
}

func TestEveryFieldOfAViewComesBack(t *testing.T) {
	want := fullView()
	want.Rev = 0 // a column of its own
	since := time.UnixMilli(1_600_000_000_000).UTC()
	want.Facts[0].SetKnownSince(since)
	got, err := DecodeView(EncodeView(want))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreUnexported(lifeevents.Fact{})); d != "" {
		t.Errorf("lost on the way (-want +got):\n%s", d)
	}
	if !got.Facts[0].KnownSince().Equal(since) || !got.Facts[1].KnownSince().Equal(want.Facts[1].ObservedAt) {
		t.Error("since when a fact is known did not come back")
	}
	empty := &lifeevents.View{Person: lifeevents.Person{ID: "nam"}}
	if got, err := DecodeView(EncodeView(empty)); err != nil || cmp.Diff(empty, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(lifeevents.Fact{})) != "" {
		t.Errorf("an empty view: %+v, %v", got, err)
	}
}

func TestEveryFieldOfANoticeComesBack(t *testing.T) {
	var want lifeevents.Notice
	n := 0
	fill(reflect.ValueOf(&want).Elem(), &n)
	got, err := DecodeNotice(EncodeNotice(&want))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("lost on the way (-want +got):\n%s", d)
	}
	old, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := DecodeNotice(old); err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("a notice of an older store: %v", err)
	}
}

func FuzzDecodeNotice(f *testing.F) {
	var whole lifeevents.Notice
	n := 0
	fill(reflect.ValueOf(&whole).Elem(), &n)
	b := EncodeNotice(&whole)
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Add([]byte(`{"key":"a"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := DecodeNotice(b)
		if err != nil {
			return
		}
		again, err := DecodeNotice(EncodeNotice(&n))
		if err != nil || cmp.Diff(n, again, cmpopts.EquateEmpty()) != "" {
			t.Errorf("what was read is not what is written: %v", err)
		}
	})
}

func FuzzDecodeView(f *testing.F) {
	whole := EncodeView(fullView())
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte{codecVersion, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := DecodeView(b)
		if err != nil {
			return
		}
		again, err := DecodeView(EncodeView(v))
		if err != nil || cmp.Diff(v, again, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(lifeevents.Fact{})) != "" {
			t.Errorf("what was read is not what is written: %v", err)
		}
	})
}
