package assistant

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// umbrella is a name that covers several procedures: who says no more than that has not
// said which of them is meant.
type umbrella struct {
	names   string // folded, parted by commas
	records []string
	// loose: asked back only when no slot is asked; with a slot the usual case is answered.
	loose bool
}

var umbrellas = []umbrella{
	{"cong chung, chung thuc, dich vu cong chung, cong chung o phuong, cong chung o xa", []string{"2.000815", "2.000884", "2.001035"}, false},
	{"mo cong ty, thanh lap cong ty, lap cong ty, dang ky cong ty, thanh lap doanh nghiep, mo doanh nghiep, lap doanh nghiep, dang ky doanh nghiep, dang ky thanh lap cong ty, dang ky thanh lap doanh nghiep, lap cong ty moi, mo cong ty rieng", []string{"2.001583", "2.001199", "2.002043", "2.001610"}, false},
	{"cu tru, dang ky cu tru, khai bao cu tru, thong tin cu tru", []string{"1.004194", "1.004222", "1.010041", "2.001159"}, false},
	{"xoa cu tru, xoa dang ky cu tru, cat ho khau tam tru", []string{"1.003197", "1.010028"}, false},
	{"ho khau, thu tuc ho khau", []string{"1.004222", "1.010038", "1.003197", "1.010041"}, true},
	{"doi the, cap doi the, the het han, doi the moi, gia han the, the bi hong", []string{"1.116410", "3.000347", "1.002759", "1.001456"}, false},
	{"mat the, lam lai the, cap lai the, mat the roi", []string{"1.116410", "1.002759", "3.000348"}, false},
	{"mat giay to, mat het giay to, mat giay to trong vi, mat vi, roi vi, mat bop, mat tui, mat giay to tuy than, lam lai giay to, mat het giay to trong vi, giay to bi mat, cap lai giay to, bi mat het giay to, mat toan bo giay to", []string{"1.116410", "3.000348", "1.013080", "1.001456"}, false},
	{"nghi kinh doanh, ngung kinh doanh, dung kinh doanh, khong kinh doanh nua, ngung hoat dong, nghi lam an", []string{"1.001570", "2.002029", "1.001266", "2.002023"}, false},
	{"tam ngung kinh doanh, tam dung kinh doanh, tam nghi kinh doanh, tam ngung, tam ngung hoat dong", []string{"1.001570", "2.002029"}, false},
	{"giai the, cham dut kinh doanh, cham dut hoat dong, dong ma so thue, dong cua kinh doanh", []string{"1.001266", "2.002023"}, false},
	{"lam lai giay khai sinh, cap lai giay khai sinh, mat giay khai sinh, lam lai khai sinh, cap lai khai sinh, mat khai sinh", []string{"2.000635", "1.004884"}, true},
	{"cap lai giay ket hon, lam lai giay ket hon, mat giay ket hon, lam lai giay dang ky ket hon, mat giay dang ky ket hon, mat hon thu", []string{"2.000635", "1.004746"}, true},
	{"tien mai tang, mai tang, mai tang phi, tro cap mai tang, ho tro mai tang, che do mai tang, chi phi mai tang, xin tien mai tang, tien chon cat, tien dam tang", []string{"2.000821", "1.014028", "1.001731", "2.002913"}, false},
	{"giay to dat, giay to nha dat, thu tuc dat dai, dat dai, giay dat, so do, so hong, giay to nha, nha dat", []string{"1.013978", "1.013831", "1.012783", "1.012786"}, true},
	{"sang ten, chuyen ten, doi ten chu, dang ky sang ten", []string{"1.013076", "1.013831"}, false},
	{"mat so, lam lai so, cap lai so", []string{"1.012786", "1.002759"}, false},
	{"doi so, cap doi so", []string{"1.012783", "1.002759"}, false},
	{"giay to xe, giay xe, thu tuc xe, bien so, bien so xe, giay dang ky xe, dang ky xe", []string{"1.013067", "1.013076", "1.013079", "1.013080"}, true},
	{"bang lai, bang lai xe, giay phep lai xe, thu tuc bang lai", []string{"3.000346", "3.000347", "3.000348", "3.000353"}, false},
	{"giay phep, xin giay phep, lam giay phep, cap giay phep, cap phep, xin phep", []string{"1.013225", "1.001612", "3.000346"}, false},
	{"mat giay phep, lam lai giay phep, cap lai giay phep", []string{"3.000348", "1.013228", "2.000575"}, false},
	{"gia han giay phep, giay phep het han", []string{"1.013227", "3.000347"}, false},
	{"gia han", []string{"1.002755", "1.013227", "3.000347", "1.001939"}, false},
	{"vneid, dinh danh, dinh danh dien tu, tai khoan dinh danh", []string{"3.000228", "1.011410", "3.000275"}, true},
	{"mo khoa, bi khoa, tai khoan bi khoa", []string{"3.000275", "3.000277"}, false},
	{"giay xac nhan, xac nhan, xin xac nhan, xin giay xac nhan, giay xac nhan o xa, giay xac nhan o phuong", []string{"1.010041", "1.004873", "2.002516", "1.012566"}, false},
	{"ban sao, xin ban sao, cap ban sao", []string{"2.000635", "2.000908", "2.000815"}, false},
	{"bao hiem, lam bao hiem, thu tuc bao hiem, tham gia bao hiem, mua bao hiem, dong bao hiem", []string{"1.001939", "1.002179"}, false},
	{"huong bao hiem, nhan bao hiem, tien bao hiem, nhan tien bao hiem, lanh bao hiem, linh bao hiem", []string{"1.001613", "1.001978", "2.000693", "1.001667"}, false},
	{"bao hiem xa hoi, thu tuc bao hiem xa hoi", []string{"1.002179", "1.001613", "1.002759", "huu-tri"}, false},
	{"bao hiem y te, the bao hiem y te, the bao hiem", []string{"1.001939", "1.002759"}, true},
	{"tro cap, huong tro cap, xin tro cap, tien tro cap, tro cap hang thang, nhan tro cap", []string{"1.001776", "1.014027", "1.001978"}, false},
	{"che do, huong che do, lam che do", []string{"2.000693", "1.001667", "2.000821"}, false},
	{"luong huu, chuyen luong huu, nhan luong huu, doi cho nhan luong huu", []string{"huu-tri", "1.001742", "2.000740", "1.001601"}, true},
	{"khuyet tat, nguoi khuyet tat, che do nguoi khuyet tat", []string{"1.001699", "1.001776"}, false},
	{"nguoi co cong, che do nguoi co cong, liet si, gia dinh liet si", []string{"1.010803", "1.010833"}, false},
	{"thue, nop thue, dong thue, khai thue, thu tuc thue", []string{"1.011022", "2.002233", "1.008498"}, false},
	{"quyet toan, quyet toan thue", []string{"2.002233", "1.014976"}, true},
	{"hoc, xin hoc, hoc cho con, nhap hoc, xin hoc cho con, cho con di hoc, tuyen sinh", []string{"tuyen-sinh-mam-non-lop-1", "3.000182", "tuyen-sinh-lop-10", "chuyen-truong"}, false},
	{"khieu nai to cao, nop don, gui don, don tu, viet don, lam don, kien", []string{"khieu-nai", "to-cao", "phan-anh-kien-nghi"}, false},
	{"thua ke, lam thua ke, thu tuc thua ke, khai nhan di san, di san", []string{"1.013831", "2.001016", "2.001019"}, false},
	{"sua thong tin, sai thong tin, thay doi thong tin, doi thong tin, cap nhat thong tin, sua ten, sai ten, doi ten", []string{"1.004859", "1.012564", "1.002759"}, false},
	{"uy quyen, giay uy quyen, lam giay uy quyen", []string{"2.000884", "1.001601", "2.001035"}, true},
	{"doi dia chi, chuyen dia chi, thay doi dia chi", []string{"1.004222", "2.000720", "1.013079"}, false},
	{"lam giay to, giay to tuy than, lam thu tuc", []string{"1.116410", "1.001456", "1.004194", "1.001193"}, false},
}

// umbrellaOf finds umbrellas by the words they stand for, in any order.
var umbrellaOf = func() map[string]*umbrella {
	out := map[string]*umbrella{}
	for i := range umbrellas {
		for name := range strings.SplitSeq(umbrellas[i].names, ",") {
			for _, more := range again(name) {
				if key := subjectKey(strings.Fields(name + more)); out[key] == nil {
					out[key] = &umbrellas[i]
				}
			}
		}
	}
	return out
}()

// again are the words that who lost a thing may add without saying more.
func again(name string) []string {
	if strings.Contains(" "+name, " mat ") {
		return []string{"", " lai", " cap lai", " doi lai"}
	}
	return []string{""}
}

// noSubject are folded words that say nothing of the subject.
var noSubject = cueWords(`di muon can cho toi em minh anh chi ad a oi nha nhe vay the voi thi la ra phai gio va nay hoi ve de viec cac co duoc khong tui con chau bac
	xin lam thu tuc o xa phuong tai hien nhu nao gi dang nguoi ta dum giup gium bi roi het toan bo trong cung luon moi`)

// subjectKey is the set of words that carry a subject.
func subjectKey(words []string) string {
	var own []string
	for _, w := range words {
		if !noSubject[w] && !slices.Contains(own, w) {
			own = append(own, w)
		}
	}
	slices.Sort(own)
	return strings.Join(own, " ")
}

// shortOf says what a question is about in as few words: slot cues and what makes a
// question taken out, short names written out.
func shortOf(text string) string {
	var own []string
	for _, w := range spoken(text) {
		if w.weight > 0.3 {
			own = append(own, w.fold)
		}
	}
	return subjectKey(own)
}

// under returns the umbrella a question says and no more, or nil. Who says one record's own
// by-name, and not one that the umbrella has too, means that record.
func (s Choose) under(ctx context.Context, t *Turn) (*umbrella, error) {
	short := shortOf(t.Text)
	u := umbrellaOf[short]
	if u == nil || u.loose && len(t.Reading.Slots) > 0 {
		return nil, nil
	}
	words, meant := spaced(spelledOut(t.Text)), ""
	for _, h := range t.Hits {
		chunks, err := s.Library.Unit(ctx, h.Unit)
		if err != nil {
			return nil, err
		}
		for _, n := range namesIn(h.Chunk.Title, chunks) {
			name := spaced(n)
			missing := func(w string) bool { return !strings.Contains(name, " "+w+" ") }
			if !strings.Contains(words, name) || slices.ContainsFunc(strings.Fields(short), missing) || u.named(strings.TrimSpace(name)) {
				continue
			}
			if meant != "" && meant != string(h.Unit) {
				return u, nil
			}
			meant = string(h.Unit)
		}
	}
	if meant != "" {
		return nil, nil
	}
	return u, nil
}

// named reports whether one of the umbrella's names says these folded words, and so does not
// tell its records apart.
func (u *umbrella) named(words string) bool {
	for n := range strings.SplitSeq(u.names, ",") {
		if strings.Contains(spaced(n), " "+words+" ") {
			return true
		}
	}
	return false
}

// ask offers the records of an umbrella that hold on the day; ok is false when fewer than
// two do.
func (s Choose) ask(ctx context.Context, t *Turn, u *umbrella) (ok bool, err error) {
	var options []Option
	for _, id := range u.records {
		p, err := s.Library.Procedure(ctx, id)
		if errors.Is(err, corpus.ErrNotFound) || err == nil && !p.Prov.Validity.Holds(t.Reading.AsOf) {
			continue
		}
		if err != nil {
			return false, err
		}
		options = append(options, optionOf(p))
	}
	if len(options) < 2 {
		return false, nil
	}
	t.Answer.Status, t.Answer.Options = NeedsDetail, options
	return true, nil
}

// optionOf offers a record with what tells it apart.
func optionOf(p corpus.Procedure) Option {
	hint := p.Special
	if hint == "" {
		hint = p.Field
	}
	return Option{Unit: string(corpus.UnitOfProcedure(p.ID)), Label: p.Name, Hint: hint}
}
