package assistant

import (
	"slices"
	"testing"

	"github.com/motcua/motcua/corpus/starter"
)

func TestATurnInLifeIsToldByItsWords(t *testing.T) {
	for q, want := range map[string]string{
		"vo toi sap sinh thi can lam gi": "expecting", "em đang mang thai 7 tháng, cần chuẩn bị thủ tục gì cho bé": "expecting",
		"nhà tôi vừa có em bé, phải làm những giấy tờ gì": "born", "mẹ tôi mất, cần làm những gì": "death", "ba em moi mat, gio phai lam gi a": "death",
		"chồng tôi chết vì tai nạn, giờ tôi cần làm thủ tục gì và ở đâu": "death", "chuyển nhà từ Hà Nội vào Đà Nẵng cần làm thủ tục gì": "moving",
		"toi vua bi mat viec phai lam gi": "jobLost", "bị mất hết giấy tờ tùy thân phải làm gì": "robbed", "mới mua nhà thì làm những thủ tục gì": "bought",
		"sắp cưới vợ": "wedding", "me toi mat, can lam nhung gi": "death", "ong em moi mat thi lam gi": "death", "my father passed away, what should I do?": "death",
	} {
		got, yes := situationOf(q, slotsOf(q), false)
		if !yes || !slices.Equal(got.records, situations[want].records) {
			t.Errorf("%q: %v %v, want %s", q, yes, got.records, want)
		}
	}
}

func TestWhoNamesOneThingIsNotToldOfAll(t *testing.T) {
	for _, q := range []string{
		"vợ em mới sinh, khai sinh cho con thế nào", "bố tôi mất thẻ căn cước phải làm gì", "mẹ tôi mất có được tiền mai táng không", "vợ sắp sinh có được nghỉ không",
		"bố mất để lại đất chưa có di chúc phải làm sao", "nghỉ việc rồi bao giờ nộp hồ sơ trợ cấp thất nghiệp", "chồng tôi mất việc làm ở nước ngoài", "sinh con thứ ba có bị phạt không",
		"làm căn cước mất bao lâu", "me toi mat the can cuoc phai lam gi", "ba toi mat xe phai lam gi", "chong toi mat viec phai lam gi ve bao hiem", "con chó nhà tôi mới chết phải làm gì", "chó nhà em đẻ xong bỏ ăn", "sắp cưới thì mua váy ở đâu đẹp", "vợ tôi sắp sinh được nhận bao nhiêu tiền", "con tôi 18 tuổi muốn kết hôn",
	} {
		if got, yes := situationOf(q, slotsOf(q), false); yes {
			t.Errorf("%q: told of %v", q, got.records)
		}
	}
}

func TestABirthdayAsksForWhatTheLawTiesToTheAge(t *testing.T) {
	for q, want := range map[string]string{
		"con toi sap 18 tuoi": "1.013133", "con tôi đủ 14 tuổi cần làm gì": "1.116410", "mẹ tôi sắp tròn 75 tuổi": "1.014027", "ông tôi bước sang 80 tuổi thì được hưởng gì": "1.014027",
	} {
		got, yes := situationOf(q, slotsOf(q), false)
		if !yes || !slices.Contains(got.records, want) {
			t.Errorf("%q: %v %v, want %s", q, yes, got.records, want)
		}
	}
	for _, q := range []string{"con tôi 33 tuổi", "Người lao động từ đủ 15 tuổi đến chưa đủ 18 tuổi không được làm công việc gì?", "người đủ 18 tuổi thì phải làm gì", "đủ 14 tuổi", "sắp 19 tuổi", "trẻ dưới 6 tuổi có được cấp thẻ không"} {
		if got, yes := situationOf(q, slotsOf(q), false); yes {
			t.Errorf("%q: told of %v", q, got.records)
		}
	}
}

func TestAmidAConversationATurnInLifeMustAsk(t *testing.T) {
	if _, yes := situationOf("vợ tôi mới sinh", nil, true); yes {
		t.Error("what is said amid a conversation was taken for a new question")
	}
	if _, yes := situationOf("vợ tôi mới sinh thì cần làm gì", nil, true); !yes {
		t.Error("a new question amid a conversation was not taken for one")
	}
}

func TestADivorceIsAskedOfTheCourt(t *testing.T) {
	for q, want := range map[string]bool{
		"vợ chồng tôi muốn ly hôn cần làm gì": true, "thu tuc ly hon thuan tinh o dau": true, "đơn phương ly hôn cần giấy tờ gì": true,
		"em ly hôn rồi giờ xin giấy độc thân": false, "ly hôn rồi tách hộ thế nào": false, "đăng ký kết hôn sau khi ly hôn": false,
	} {
		if got := courtMatter(q); got != want {
			t.Errorf("%q: %v", q, got)
		}
	}
}

func TestEveryRecordThatATurnInLifeNamesIsHeld(t *testing.T) {
	set, err := starter.Load()
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]bool{}
	for _, p := range set.Procedures {
		held[p.ID] = true
	}
	for name, s := range situations {
		for _, id := range s.records {
			if !held[id] {
				t.Errorf("%s: no record %s", name, id)
			}
		}
	}
	for age, records := range birthdays {
		for _, id := range records {
			if !held[id] {
				t.Errorf("at %d: no record %s", age, id)
			}
		}
	}
}
