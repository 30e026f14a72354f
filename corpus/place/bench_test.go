package place

import "testing"

func BenchmarkReadTable(b *testing.B) {
	for b.Loop() {
		if _, err := readTable(unitsGz); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuildIndex(b *testing.B) {
	t := load()
	for b.Loop() {
		buildIndex(t)
	}
}

func BenchmarkFindIn(b *testing.B) {
	const q = "Nhà tôi ở phường Bến Nghé, quận 1, TP.HCM, muốn đăng ký tạm trú cho em họ quê ở xã Tân Tiến huyện Văn Giang thì nộp ở đâu?"
	loadIndex()
	for b.Loop() {
		if len(FindIn(q)) != 2 {
			b.Fatal("the question names two places")
		}
	}
}

func BenchmarkFind(b *testing.B) {
	loadIndex()
	for b.Loop() {
		Find("phuong ben nghe q1 sai gon")
	}
}
