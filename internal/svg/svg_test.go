package svg_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/motcua/motcua/internal/svg"
)

func TestWordsOfADrawingNeverBecomeMarkup(t *testing.T) {
	const evil = `"><script>alert(1)</script>&`
	d := svg.New(100, 50)
	d.Text("axis", "start", 1, 2, evil)
	d.Bar("bar", 0, 0, -3, 4, evil)
	d.Dot("dot", 1, 1, evil)
	d.Line("grid", 0, 0, 1, 1)
	d.Path("curve", [][2]float64{{0, 0}, {1, 2}})
	out := string(d.Done(evil))
	if strings.Contains(out, "<script") {
		t.Fatal(out)
	}
	dec := xml.NewDecoder(strings.NewReader(out))
	for {
		_, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, out)
		}
	}
	if !strings.Contains(out, `width="0.0"`) {
		t.Error("a bar of negative width is drawn")
	}
}
