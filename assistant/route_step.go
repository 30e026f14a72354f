package assistant

import (
	"context"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// RouteStep sends the question to procedures or to regulations, or ends the turn with the
// honest outcome for what we do not do.
type RouteStep struct{}

// Name of the step in traces.
func (RouteStep) Name() string { return "route" }

// elsewhere lists what we do not answer, each with its own outcome; cues are folded.
// The first list that matches wins, so the order goes from the more certain.
var elsewhere = []struct {
	outcome Status
	cues    []string
	unless  []string
}{
	{SmallTalk, []string{
		"xin chao", "chao ban", "chao em", "chao bot", "hello", "alo", "cam on", "cam on ban", "thank you", "thanks", "ban la ai", "ban ten gi", "ban co phai la nguoi", "ban la robot", "tam biet", "chao buoi sang", "ok cam on",
	}, nil},
	{CaseStatus, []string{
		"ho so cua toi den dau", "ho so toi den dau", "ho so cua toi da xong", "ho so toi xong chua", "ho so cua toi xong chua", "ho so toi nop", "sao ho so cua toi chua", "sao ho so chua co ket qua", "tra cuu ho so cua toi", "tinh trang ho so cua toi",
		"ho so ma so", "ma ho so", "can cuoc cua toi co chua", "the can cuoc cua toi ve chua", "can cuoc cua toi lam xong chua", "toi da nop ho so", "toi nop ho so roi", "cccd cua toi co chua", "ho so cua em den dau", "ho so em den dau", "da duoc duyet chua", "duoc duyet chua", "sao chua thay tra ket qua",
		"toi bi phat nguoi chua", "xe toi co bi phat nguoi", "diem bang lai cua toi con", "toi con bao nhieu diem", "kiem tra giup ho so",
	}, nil},
	{ForeignLaw, []string{
		"luat my", "luat cua my", "phap luat my", "luat nhat", "luat nhat ban", "luat han quoc", "luat trung quoc", "luat singapore", "luat uc", "luat duc", "luat phap quoc", "o my thi", "ben my thi", "xin visa my", "visa my", "visa han quoc", "visa nhat", "xin visa schengen", "visa uc", "visa canada", "dinh cu my",
		"dinh cu canada", "dinh cu uc", "the xanh my", "nhap tich my", "quoc tich my can gi", "bang lai o my", "ket hon tai my theo luat my", "thue o my", "luat canada", "luat thai lan", "luat lao", "luat campuchia", "xin quoc tich nhat", "xin quoc tich han",
	}, nil},
	{LegalStrategy, []string{
		"lam sao de thang kien", "co thang kien khong", "kien co thang khong", "co nen kien", "nen kien hay", "kha nang thang", "giup toi cai", "viet don to cao", "soan don to cao", "soan don kien", "viet don kien", "viet giup don khoi kien", "soan don khoi kien", "to cao ong", "to cao ba",
		"khai the nao de duoc giam an", "khai sao cho nhe toi", "lam sao de duoc huong nhieu hon", "chien luoc kien", "doi pho voi cong an", "nen khai the nao", "co nen nhan toi", "nen nhan toi hay",
	}, nil},
	{Politics, []string{
		"dang cong san", "da dang", "tong bi thu la", "ai se lam chu tich", "ai lam thu tuong", "bau ai", "nen bau cho ai", "phan dong", "che do chinh tri", "dan chu hay doc tai", "chinh quyen nay", "bieu tinh chong", "lat do", "ung cu vien nao", "ong chu tich tinh nao gioi", "tham nhung nhat",
	}, []string{"quy dinh", "dieu le", "luat", "phi", "dang vien", "thu tuc"}},
	{Opinion, []string{
		"ban nghi sao ve", "ban nghi gi", "theo ban thi", "y kien cua ban", "ban co thich", "ban thay the nao", "ban thay sao", "co dang khong theo ban", "cong an xa nao tot", "luat nay co cong bang", "luat nay co hop ly", "co bat cong khong",
	}, nil},
	{OutOfScope, []string{
		"thoi tiet", "nau mon", "cach nau", "cong thuc nau", "lam banh", "bong da", "ti so", "ket qua xo so", "xo so", "gia vang", "gia bitcoin", "bitcoin", "chung khoan nao", "co phieu nao", "phim gi hay", "ke chuyen", "lam tho", "viet tho", "bai tho", "bai hat", "dich sang tieng", "dich cau",
		"viet code", "lap trinh", "giai bai toan", "giai phuong trinh", "tu vi", "boi toan", "xem boi", "cung hoang dao", "quan an ngon", "an gi ngon", "du lich o dau", "khach san nao", "ve may bay", "dien thoai nao tot", "mua xe gi", "giam can", "tap gym", "trieu chung benh", "uong thuoc gi", "bi sot uong", "dau dau uong",
		"ty gia", "lai suat ngan hang nao", "game", "ke chuyen cuoi", "tim nguoi yeu", "to tinh", "soan bai van", "viet bai van", "lam bai tap", "sua may tinh", "wifi", "bao nhieu calo", "con meo", "con cho bi", "hat bai", "dan ong nen", "phong thuy", "ngay tot", "xem ngay",
	}, []string{"thu tuc", "giay phep", "dang ky", "quy dinh", "luat", "phat", "khai bao"}},
}

// regulationCues show that the law itself is asked for, not how to get a thing done.
var regulationCues = []string{
	"quy dinh nhu the nao", "quy dinh the nao", "quy dinh gi", "quy dinh ve", "theo quy dinh", "duoc quy dinh", "dieu may", "dieu bao nhieu", "khoan may", "dieu nao", "la gi", "khai niem", "dinh nghia", "hanh vi", "nguyen tac", "trach nhiem cua", "quyen han",
	"nghia vu cua", "the nao la", "hieu luc", "con hieu luc", "toi danh", "hinh phat", "phat tu", "muc luong toi thieu", "luong toi thieu", "hop dong lao dong", "muc phat", "xu phat vi pham", "noi dung quan ly", "nhiem vu", "tieu chuan",
}

// Run ends the turn, or sets Route.
func (RouteStep) Run(_ context.Context, t *Turn) error {
	if t.Question.Chosen != "" {
		t.Route = ToProcedure
		return nil
	}
	folded := spaced(t.Text)
	for _, e := range elsewhere {
		if _, hit := firstCue(folded, e.cues); !hit {
			continue
		}
		if _, inside := firstCue(folded, e.unless); inside {
			continue
		}
		if e.outcome == SmallTalk && len(strings.Fields(folded)) > 6 {
			continue
		}
		t.Answer.Status = e.outcome
		return nil
	}
	if citesLaw(t.Text) {
		t.Route = ToRegulation
	}
	return nil
}

// citesLaw reports whether the question names a provision or an instrument by number.
func citesLaw(text string) bool {
	for _, w := range strings.Fields(text) {
		if corpus.TypeOfNumber(strings.Trim(w, "?,.;:()")) != corpus.Other {
			return true
		}
	}
	return false
}

// asksLaw reports whether the words ask for the law rather than for a way to do a thing.
func asksLaw(text string) bool {
	folded := spaced(text)
	return slices.ContainsFunc(regulationCues, func(c string) bool { return strings.Contains(folded, " "+c+" ") })
}
