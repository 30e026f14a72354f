package place_test

import (
	"fmt"

	"github.com/motcua/motcua/corpus/place"
)

func ExampleFindIn() {
	const question = "Nhà ở P.Bến Nghé, Q.1, TP.HCM thì đăng ký tạm trú ở đâu?"
	for _, m := range place.FindIn(question) {
		fmt.Println(question[m.Start:m.End])
		fmt.Println(place.Describe(m.Matches[0].Unit))
	}
	// Output:
	// P.Bến Nghé, Q.1, TP.HCM
	// Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh (tên cũ) nay thuộc Phường Sài Gòn, Thành phố Hồ Chí Minh.
}

func ExampleToday() {
	ward := place.Find("phường Cửa Đông, quận Hoàn Kiếm")[0].Unit
	for _, s := range place.Today(ward) {
		fmt.Println(place.Path(s.Unit), "partial:", s.Partial, "remainder:", s.Remainder)
	}
	// Output:
	// Phường Ba Đình, Thành phố Hà Nội partial: true remainder: true
	// Phường Hoàn Kiếm, Thành phố Hà Nội partial: true remainder: false
}

func ExampleCompetent() {
	e := place.Competent("đăng ký kết hôn với người nước ngoài ở quận nào")[0]
	fmt.Println(e.Before, "→", e.Now, "·", e.Confidence, "· đến trước", e.Until)
	// Output:
	// UBND cấp huyện → UBND cấp xã · high · đến trước 2027-03-01
}
