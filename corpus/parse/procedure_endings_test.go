package parse

import (
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

func TestARecordWhoseCodeWasEndedHoldsOnlyUntilThen(t *testing.T) {
	p, err := PortalRecord([]byte(`{"ma_thu_tuc":"2.001194","ten_thu_tuc":"Cấp lại thẻ căn cước","so_quyet_dinh":"1/QĐ-BCA"}`), corpus.Source{})
	if err != nil {
		t.Fatal(err)
	}
	if !p.InForce(civil.New(2026, 8, 17)) || p.InForce(civil.New(2026, 8, 18)) || p.Superseded != "1.116410" || len(p.Flags) == 0 {
		t.Errorf("validity %+v, superseded by %q, flags %v", p.Prov.Validity, p.Superseded, p.Flags)
	}
}
