package assistant

import (
	"fmt"
	"testing"
)

// BenchmarkCorrectingAmongMany is what a thousand corrections in force cost a question
// that none of them concerns.
func BenchmarkCorrectingAmongMany(b *testing.B) {
	signer, err := NewSigner(make([]byte, SigningKeySize))
	if err != nil {
		b.Fatal(err)
	}
	bk := &CorrectionBook{Store: &box{}, Signer: signer, Every: 1 << 62}
	for i := range 1000 {
		c := draft()
		c.Question = fmt.Sprintf("nuôi cá sấu loại %s trong nhà", string(rune('a'+i%26)))
		if _, err := bk.Sign(b.Context(), shelf{}, c, signedAt); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		turn := &Turn{Text: "đăng ký kết hôn với người nước ngoài cần giấy tờ gì", Question: Question{AskedAt: signedAt}}
		turn.Reading.AsOf = day("2026-11-21")
		if err := (Steer{Book: bk, Library: shelf{}}).Run(b.Context(), turn); err != nil {
			b.Fatal(err)
		}
		if err := (Correct{Book: bk}).Run(b.Context(), turn); err != nil {
			b.Fatal(err)
		}
	}
}
