package lifeevents

import (
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

func TestAPaperOnFileIsNotAskedForAgain(t *testing.T) {
	p := corpus.Procedure{ID: "1", Name: "Đăng ký tạm trú", Basis: []corpus.Basis{{Provision: corpus.Provision{Instrument: "68/2020/QH14"}}}, Dossier: []corpus.Paper{
		{Name: "Tờ khai thay đổi thông tin cư trú", Originals: 1},
		{Name: "Thẻ Căn cước", Present: true},
		{Name: "Thẻ Căn cước của hai bên", Present: true},
		{Name: "Bản sao Giấy khai sinh", Copies: 1},
		{Name: "Bản chính Giấy xác nhận tình trạng hôn nhân đã cấp", Originals: 1},
	}}
	on := civil.New(2026, 11, 21)
	card := Fact{ID: "c", Kind: Document, Key: DocIDCard, Source: IdentityRegister, Value: Value{On: civil.New(2024, 8, 1), Until: civil.New(2030, 1, 1)}, ObservedAt: civil.New(2026, 1, 5).Start()}
	birth := Fact{ID: "b", Kind: Document, Key: DocBirth, Source: Declaration}
	single := Fact{ID: "s", Kind: Document, Key: DocSingle, Source: CivilStatusRegister}
	v := &View{Person: NewPerson("a", []Fact{card, birth, single}, nil)}
	c := MakeChecklist(p, v, on)
	if len(c.NotAsked) != 1 || c.NotAsked[0].OnFile != "c" || c.NotAsked[0].Basis[0].Instrument != "118/2025/QH15" {
		t.Errorf("not asked: %+v", c.NotAsked)
	}
	if len(c.Bring) != 4 {
		t.Errorf("the form, the other side's card, the birth certificate only declared and the original must be brought: %+v", c.Bring)
	}
	if len(c.OnFile) != 1 || c.OnFile[0].SeenOn != civil.New(2026, 1, 5) || c.OnFile[0].Source != IdentityRegister {
		t.Errorf("on file: %+v", c.OnFile)
	}
	if c = MakeChecklist(p, v, civil.New(2031, 1, 1)); len(c.NotAsked) != 0 {
		t.Error("a card that has ended stands for nothing")
	}
	if c = MakeChecklist(p, v, civil.New(2026, 6, 30)); c.NotAsked[0].Basis[0].Instrument != "66.7/2025/NQ-CP" {
		t.Errorf("before 01/07/2026 the police rule did not hold: %+v", c.NotAsked[0].Basis)
	}
}
