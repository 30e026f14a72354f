package starter

import "testing"

func TestTheEmbeddedCorpusLoadsAndPassesItsCheck(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d procedures, %d instruments", len(set.Procedures), len(set.Instruments))
}
